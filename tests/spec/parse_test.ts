import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { ELSEWHERE } from "../../shared/spec/app.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { todo } from "../../sim/scenarios/source_todo.ts";

const register = {
  crdtType: "LWWRegister",
  valueType: "string",
  init: () => "",
} as const;

const channels: AppSpec["channels"] = [
  { type: "websocket", fromZone: "db", toZone: "edge" },
  { type: "websocket", fromZone: "edge", toZone: "tab" },
];

function namesOf(app: ReturnType<typeof parseAppSpec>, zone: string): string[] {
  return app.zones.get(zone)!.vars.map(({ name }) => name);
}

Deno.test("parseAppSpec accepts the source's literal as written", () => {
  const app = parseAppSpec(todo);
  assertEquals(app.root, "db");
  assertEquals(
    [...app.zones.values()].map(({ name, role, parent, children }) => ({
      name,
      role,
      parent,
      children,
    })),
    [
      { name: "db", role: "master", parent: null, children: ["server"] },
      { name: "server", role: "server", parent: "db", children: ["client"] },
      { name: "client", role: "client", parent: "server", children: [] },
    ],
  );
  assertEquals([...app.computations.keys()], [
    "/db/calculate_user_count",
    "/server/filter_todos_for_user",
    "/client/render",
  ]);
  assertEquals(app.spec, todo);
  assertMatch(app.hash, /^[0-9a-f]{16}$/);
});

Deno.test("parseAppSpec tells what each var of the source's literal is", () => {
  const { vars } = parseAppSpec(todo);
  const allTodos = vars.get("/db/all_todos")!;
  assertEquals(allTodos.kind, "source");
  assertEquals(allTodos.crdt.name, "LWWMap");
  assertEquals(allTodos.kind === "source" && allTodos.initRows.size, 0);
  assertEquals(allTodos.kind === "source" && allTodos.using, undefined);
  const count = vars.get("/server/user_count")!;
  assertEquals(count.kind === "derived" && count.computerZone, "db");
  assertEquals(count.kind === "derived" && count.dependsOn, [
    { path: "/db/all_todos", scope: null },
  ]);
  const input = vars.get("/client/task_input")!;
  assertEquals(
    input.kind === "source" &&
      [...input.initRows.values()].map((row) => input.crdt.valueOf(row)),
    [""],
  );
});

Deno.test("parseAppSpec gives leaves below the root the client's role", () => {
  const app = parseAppSpec({
    zones: { db: { title: register }, a: {}, b: {} },
    channels: [
      { type: "websocket", fromZone: "db", toZone: "a" },
      { type: "websocket", fromZone: "db", toZone: "b" },
    ],
  });
  assertEquals(app.zones.get("a")!.role, "client");
  assertEquals(app.zones.get("b")!.role, "client");
  assertEquals(app.zones.get("db")!.children, ["a", "b"]);
});

Deno.test("Zone.vars holds nothing before what it depends on", () => {
  const derived = (computer: string, ...depends_on: string[]) => ({
    crdtType: "LWWRegister" as const,
    valueType: "string" as const,
    computer,
    depends_on,
  });
  const compute = () => null;
  const app = parseAppSpec({
    zones: {
      db: { title: register },
      edge: {},
      tab: {
        c: derived("/tab/make_c", "/tab/b", "/tab/a"),
        b: derived("/tab/make_b", "/tab/a"),
        a: derived("/tab/make_a", "/tab/input", "/db/title"),
        input: register,
        make_a: compute,
        make_b: compute,
        make_c: compute,
      },
    },
    channels,
  });
  assertEquals(namesOf(app, "tab"), ["input", "a", "b", "c"]);
  assertEquals([...app.vars.keys()].at(0), "/db/title");
});

Deno.test("parseAppSpec gives a replica its source's types", () => {
  const schema = {
    "~standard": {
      version: 1 as const,
      vendor: "test",
      validate: (value: unknown) => ({ value }),
    },
  };
  const scope = () => [{ prefix: "" }];
  const app = parseAppSpec({
    zones: {
      db: { title: { ...register, value: schema } },
      edge: {},
      tab: { mine: { replica_of: "/db/title", scope } },
    },
    channels,
  });
  const mine = app.vars.get("/tab/mine")!;
  const source = app.vars.get("/db/title")!;
  assertEquals(mine.kind === "replica" && mine.of, "/db/title");
  assertEquals(mine.kind === "replica" && mine.scope, scope);
  assertEquals(mine.crdt, source.crdt);
  assertEquals(mine.valueType, "string");
  assertEquals(mine.schema, schema);
});

Deno.test("parseAppSpec knows the mark of a function that a build left out", () => {
  const app = parseAppSpec({
    zones: {
      db: {
        title: {
          ...register,
          access: { using: ELSEWHERE, withCheck: ELSEWHERE },
        },
        compute: ELSEWHERE,
      },
      edge: {},
      tab: {
        mine: { replica_of: "/db/title", scope: ELSEWHERE },
        seen: {
          crdtType: "LWWRegister",
          valueType: "string",
          computer: "/db/compute",
          depends_on: [{ path: "/db/title", scope: ELSEWHERE }],
        },
      },
    },
    channels,
  });
  const title = app.vars.get("/db/title")!;
  const seen = app.vars.get("/tab/seen")!;
  assertEquals(title.kind === "source" && title.using, ELSEWHERE);
  assertEquals(title.kind === "source" && title.withCheck, ELSEWHERE);
  assertEquals(app.computations.get("/db/compute"), ELSEWHERE);
  assertEquals(seen.kind === "derived" && seen.dependsOn, [
    { path: "/db/title", scope: ELSEWHERE },
  ]);
});

Deno.test("parseAppSpec takes an array, and a Set, as the init of a GSet", () => {
  const app = parseAppSpec({
    zones: {
      db: {
        a: { crdtType: "GSet", valueType: "number", init: () => [1, 2] },
        b: {
          crdtType: "GSet",
          valueType: "number",
          init: () => new Set([2, 1]),
        },
      },
      edge: {},
      tab: {},
    },
    channels,
  });
  const [a, b] = [...app.vars.values()].map((v) =>
    v.kind === "source" ? v.initRows : null
  );
  assertEquals(a?.size, 2);
  assertEquals([...a!], [...b!]);
});

/** The source's literal with its parts in another order. */
function shuffled(): unknown {
  const reverse = (fields: object): object =>
    Object.fromEntries(Object.entries(fields).reverse());
  const zones = Object.entries(reverse(todo.zones))
    .map(([name, zone]) => [name, reverse(zone)]);
  const reversed = [...todo.channels].reverse();
  return { channels: reversed, zones: Object.fromEntries(zones) };
}

Deno.test("App.hash does not depend on functions or the order of declaration", () => {
  const { hash } = parseAppSpec(todo);
  assertEquals(parseAppSpec(todo).hash, hash);
  assertEquals(parseAppSpec(shuffled()).hash, hash);
  const db = { ...todo.zones.db, calculate_user_count: ELSEWHERE };
  const split = { ...todo, zones: { ...todo.zones, db } };
  assertEquals(parseAppSpec(split).hash, hash);
});

Deno.test("App.hash is what it was when nodes stored it", () => {
  assertEquals(parseAppSpec(todo).hash, "2ce7ca047cbaff19");
});

Deno.test("App.hash changes with what nodes must agree on", () => {
  const hashes = new Set<string>();
  const take = (title: object, more: object = {}, tab: object = {}) => {
    const zones = { db: { title, ...more }, edge: {}, tab };
    hashes.add(parseAppSpec({ zones, channels }).hash);
  };
  const validate = (value: unknown) => ({ value });
  const schema = (vendor: string) => ({
    value: { "~standard": { version: 1, vendor, validate } },
  });
  const derived = {
    crdtType: "LWWRegister",
    valueType: "string",
    computer: "/db/f",
    depends_on: ["/db/title"],
  };
  const compute = { f: () => null, g: () => null };
  const takes = [
    () => take(register),
    () => take({ ...register, init: () => "x" }),
    () => take({ ...register, valueType: "number", init: () => 0 }),
    () => take({ ...register, crdtType: "LWWMap", init: () => new Map() }),
    () => take({ ...register, ...schema("a") }),
    () => take({ ...register, ...schema("b") }),
    () => take(register, { f: () => null }),
    () => take(register, compute, { seen: derived }),
    () => take(register, compute, { seen: { ...derived, computer: "/db/g" } }),
    () => take(register, compute, { seen: { ...derived, depends_on: [] } }),
    () => take(register, {}, { mine: { replica_of: "/db/title" } }),
    () =>
      take(register, { more: register }, { mine: { replica_of: "/db/more" } }),
    () =>
      take(register, { more: register }, { mine: { replica_of: "/db/title" } }),
  ];
  for (const each of takes) each();
  assertEquals(hashes.size, takes.length);
  const moved = { ...channels[1]!, fromZone: "db" };
  const zones = { db: { title: register }, edge: {}, tab: {} };
  const other = parseAppSpec({ zones, channels: [channels[0], moved] });
  assertNotEquals(other.hash, parseAppSpec({ zones, channels }).hash);
});
