/** To-dos for many users, on all their devices, online or not: the whole app. */

import { defineApp, type EventOf, type Session } from "@zonekit/shared";
import { give } from "./give.ts";
import { type Filter, listTodos } from "./list_todos.ts";

const FIELDS = ["text", "done", "made"];
const strings = () => new Map<string, string>();
const ownName = ({ claims }: Session) => [{ key: claims.sub }];
/** An id with a slash in it has none: the prefix would be within another's. */
const ownTodos = ({ claims: { sub } }: Session) =>
  typeof sub !== "string" || sub.includes("/") ? [] : [{ prefix: `${sub}/` }];

export default defineApp({
  zones: {
    // The db keeps what lasts, and judges every write.
    db: {
      // A row a field, `user/todo/field`: no device overwrites another's edit.
      todos: {
        crdtType: "LWWMap",
        valueType: "string",
        init: strings,
        access: {
          using: ({ claims }, key) => key.split("/")[0] === claims.sub,
          withCheck: ({ claims }, { key, value = "" }) => {
            const [user, todo, field = "", ...rest] = key.split("/");
            return user === claims.sub && todo !== "" && rest.length === 0 &&
              FIELDS.includes(field) && value.length <= 500;
          },
        },
      },
      // Names by user; all that anyone learns of the others is their number.
      users: {
        crdtType: "LWWMap",
        valueType: "string",
        init: strings,
        access: {
          using: ({ claims }, key) => key === claims.sub,
          withCheck: ({ claims }, { key, value = "" }) =>
            key === claims.sub && value.trim() !== "" && value.length <= 50,
        },
      },
      calculate_user_count: (node, event) =>
        give(node, event, "/server/user_count", node.state.users.countKeys()),
    },
    // The server computes for its clients, from no more than they may see.
    server: {
      user_count: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/db/calculate_user_count",
        depends_on: ["/db/users"],
      },
      summarize: (node, event) => {
        const todos = listTodos(node.state.todos.getValue());
        const open = todos.filter(({ done }) => !done).length;
        const summary = { open, done: todos.length - open };
        return give(node, event, "/client/summary", summary);
      },
      // An event: what was unticked elsewhere in the meantime stays.
      clear_done: ({ state }, event: EventOf<{ ids: string[] }>) =>
        event.payload.ids
          .map((id) => `${event.session.claims.sub}/${id}`)
          .filter((todo) => state.todos.hasKey(`${todo}/done`))
          .flatMap((todo) => FIELDS.map((field) => `${todo}/${field}`))
          .map((key) => state.todos.removeKey(key).message)
          .map((msg) => ({ nodeId: event.nodeId, path: "/db/todos", msg })),
    },
    // The client shows its own writes at once, with or without a network.
    client: {
      todos: { replica_of: "/db/todos", scope: ownTodos },
      me: { replica_of: "/db/users", scope: ownName },
      draft: { crdtType: "LWWRegister", valueType: "string", init: () => "" },
      filter: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "all" as Filter,
      },
      summary: {
        crdtType: "LWWRegister",
        valueType: "object",
        computer: "/server/summarize",
        depends_on: [{ path: "/db/todos", scope: ownTodos }],
      },
      view: {
        crdtType: "LWWRegister",
        valueType: "object",
        computer: "/client/render",
        depends_on: ["/client/todos", "/client/filter", "/server/user_count"],
      },
      render: (node, event) => {
        const all = listTodos(node.state.todos.getValue());
        const filter: Filter = node.state.filter.getValue();
        const users: number | null = node.state.user_count.getValue() ?? null;
        const todos = all.filter(({ done }) =>
          filter === "all" || done === (filter === "done")
        );
        const left = all.filter(({ done }) => !done).length;
        const view = { todos, filter, left, total: all.length, users };
        return give(node, event, "/client/view", view);
      },
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
});
