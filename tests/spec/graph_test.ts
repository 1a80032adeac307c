import { assertEquals, assertThrows } from "@std/assert";
import { ancestors, computedIn, neededBy } from "../../shared/spec/graph.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { todo } from "../../sim/scenarios/source_todo.ts";

const app = parseAppSpec(todo);

/** A tree with two branches: db over edge and side, edge over tab. */
const branched = parseAppSpec({
  zones: {
    db: {
      list: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
      },
    },
    edge: {},
    side: { mine: { replica_of: "/db/list" } },
    tab: {
      mine: { replica_of: "/db/list" },
      view: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/tab/count",
        depends_on: ["/tab/mine", "/db/list"],
      },
      count: () => null,
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "edge" },
    { type: "websocket", fromZone: "edge", toZone: "tab" },
    { type: "websocket", fromZone: "db", toZone: "side" },
  ],
});

const paths = (vars: readonly { path: string }[]) =>
  vars.map(({ path }) => path);

Deno.test("ancestors goes from the parent to the root", () => {
  assertEquals(ancestors(app, "client"), ["server", "db"]);
  assertEquals(ancestors(app, "db"), []);
  assertThrows(() => ancestors(app, "nowhere"), RangeError, "nowhere");
});

Deno.test("computedIn gives what a zone computes, wherever it stands", () => {
  assertEquals(paths(computedIn(app, "db")), ["/server/user_count"]);
  assertEquals(paths(computedIn(app, "server")), ["/client/my_todos"]);
  assertEquals(paths(computedIn(app, "client")), ["/client/ui"]);
});

Deno.test("neededBy gives replicas, results and dependencies from above", () => {
  assertEquals(neededBy(app, "db"), []);
  assertEquals(neededBy(app, "server"), [
    "/db/all_todos",
    "/server/user_count",
  ]);
  assertEquals(neededBy(app, "client"), ["/client/my_todos"]);
  assertEquals(neededBy(branched, "edge"), []);
  assertEquals(neededBy(branched, "side"), ["/side/mine"]);
  assertEquals(neededBy(branched, "tab"), ["/db/list", "/tab/mine"]);
});
