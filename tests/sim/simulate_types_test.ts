/**
 * What the compiler knows of a simulation: an app's paths, its values, and what
 * its nodes hold.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import app from "../../examples/todo/app.ts";
import { simulate } from "../../sim/mod.ts";

Deno.test("simulate: a workload and its invariants are typed by the spec", () => {
  const report = simulate(app, {
    seeds: 1,
    acts: 1,
    faults: [],
    workload({ client }) {
      const { left } = client.get("/client/view").getValue() ?? { left: 0 };
      const count: number = left;
      assertEquals(count, 0);
      const never = () => {
        // @ts-expect-error there is no such var
        client.get("/client/nothing");
        // @ts-expect-error a derived var is not written
        client.mutate("/client/view", (view) => view.setValue(null));
        client.mutate(
          "/client/todos",
          // @ts-expect-error a field of a to-do is a string
          (todos) => todos.setValueForKey("ann/1/text", 1),
        );
        // @ts-expect-error the event's payload is a list of ids
        client.dispatch("/server/clear_done", { ids: 1 });
      };
      assertEquals(typeof never, "function");
    },
    invariants: [{
      name: "the draft is a text",
      always: ({ client }) =>
        client.every(({ state }) => {
          const draft: string = state.draft.getValue();
          // @ts-expect-error computations are no state
          return draft === "" && state.render === undefined;
        }) || "it is none",
    }],
  });
  assertEquals(report.failure, null, report.failure?.trace);
});
