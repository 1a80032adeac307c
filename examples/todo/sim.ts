/** What users do with their to-dos, and what must hold whatever goes wrong. */

import type { Simulation } from "@zonekit/sim";
import type app from "./app.ts";
import { listTodos } from "./list_todos.ts";

const TEXTS = ["Buy milk", "Call the plumber", "Water the plants"];

export default {
  clients: [
    { name: "ann-phone", zone: "client", claims: { sub: "ann" } },
    { name: "ann-desk", zone: "client", claims: { sub: "ann" } },
    { name: "ben", zone: "client", claims: { sub: "ben" } },
  ],
  workload({ client, random }) {
    const user: string = client.claims.sub;
    const todo = `${user}/${random.below(4)}`;
    const set = (field: string, value: string | null) =>
      client.mutate(
        "/client/todos",
        (rows) => rows.setValueForKey(`${todo}/${field}`, value),
      );
    const todos = listTodos(client.get("/client/todos").getValue());
    const ids = todos.filter(({ done }) => done).map(({ id }) => id);
    switch (random.below(5)) {
      case 0:
        return client.dispatch("/server/clear_done", { ids });
      case 1:
        return set("done", random.chance(0.5) ? "yes" : null);
      case 2:
        return client.mutate(
          "/client/me",
          (names) => names.setValueForKey(user, random.pick(["Ann", "A."])),
        );
      default:
        return set("text", random.pick(TEXTS));
    }
  },
  invariants: [
    {
      name: "nobody holds another's to-dos",
      always: ({ client }) =>
        client.every(({ claims, state }) =>
          [...state.todos.getValue().keys()]
            .every((key) => key.startsWith(`${claims.sub}/`))
        ) || "a device holds another user's to-do",
    },
    {
      name: "all devices of a user show the same list",
      finally: ({ client: [phone, desk] }) => {
        const [one, other] = [phone, desk]
          .map((device) => JSON.stringify(device!.state.view.getValue().todos));
        return one === other || `${one} on the phone, ${other} on the desk`;
      },
    },
    {
      name: "the summary counts what the list shows",
      finally: ({ client }) => {
        const wrong = client.find(({ state }) =>
          state.summary.getValue().open !== state.view.getValue().left
        );
        return !wrong || `at ${wrong.id} they differ`;
      },
    },
  ],
} satisfies Simulation<typeof app>;
