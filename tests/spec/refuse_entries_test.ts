import { crdtTypes } from "../../shared/crdt/registry.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import {
  checkRefusals,
  compute,
  down,
  type Refusal,
  register,
  up,
  withChannels,
  withDerived,
  withEntries,
  withSchema,
  withVar,
} from "./refusals.ts";

const identifier =
  "an identifier ([A-Za-z_][A-Za-z0-9_]*) that is none of __proto__, " +
  "constructor, prototype";

Deno.test("parseAppSpec accepts what the refusals start from", () => {
  parseAppSpec(withEntries({}));
  parseAppSpec(withVar({}));
  parseAppSpec(withDerived({}));
  parseAppSpec(withChannels([up, down]));
  const validate = (value: unknown) => ({ value });
  parseAppSpec(withSchema({ version: 1, vendor: "test", validate }));
});

Deno.test("parseAppSpec refuses what has not the form of a spec", () => {
  const wanted = "an object with zones and channels";
  checkRefusals([
    [null, "", `null, want ${wanted}`],
    [undefined, "", `missing, want ${wanted}`],
    ["spec", "", `"spec", want ${wanted}`],
    [[], "", `an array, want ${wanted}`],
    [new Map(), "", `an instance of Map, want a plain object, ${wanted}`],
    [
      { ...withEntries({}), chanels: [] },
      "chanels",
      "an unknown field, want one of zones, channels",
    ],
    [{ channels: [] }, "zones", "missing, want an object of zones by name"],
    [
      { zones: {}, channels: [] },
      "zones",
      "empty, want an object of zones by name",
    ],
    [
      { zones: { db: 1 }, channels: [] },
      "zones.db",
      "1, want an object of vars and computations",
    ],
    [
      { zones: { db: { x: 1 } }, channels: [] },
      "zones.db.x",
      "1, want a var or a computation",
    ],
    [
      { zones: { db: { x: Object.create({ init: 1 }) } }, channels: [] },
      "zones.db.x",
      "an object with a prototype of its own, want a plain object, " +
      "a var or a computation",
    ],
  ]);
});

Deno.test("parseAppSpec refuses names that are no identifiers", () => {
  const names = [
    "a-b",
    "",
    "1a",
    "é",
    "a b",
    "a/b",
    "constructor",
    "prototype",
  ];
  checkRefusals([
    ...[...names, "__proto__"].map((name): Refusal => [
      withEntries({ db: Object.fromEntries([[name, register]]) }),
      `zones.db.${name}`,
      `named ${JSON.stringify(name)}, want ${identifier}`,
    ]),
    ...names.map((name): Refusal => [
      withChannels([up, down], { [name]: {} }),
      `zones.${name}`,
      `named ${JSON.stringify(name)}, want ${identifier}`,
    ]),
  ]);
});

Deno.test("parseAppSpec refuses a var of unknown type or with unknown fields", () => {
  const at = "zones.db.x";
  const values = "one of object, number, string, boolean, array";
  const fields = "one of crdtType, valueType, init, value, access";
  const types = `one of ${[...crdtTypes.keys()].join(", ")}`;
  checkRefusals([
    [
      withVar({ crdtType: "LWWMpa" }),
      `${at}.crdtType`,
      `"LWWMpa", want ${types}`,
    ],
    [
      withVar({ crdtType: undefined }),
      `${at}.crdtType`,
      `missing, want ${types}`,
    ],
    [withVar({ valueType: "int" }), `${at}.valueType`, `"int", want ${values}`],
    [withVar({ valueType: 7 }), `${at}.valueType`, `7, want ${values}`],
    [withVar({ acess: {} }), `${at}.acess`, `an unknown field, want ${fields}`],
    [
      withDerived({ init: () => "" }),
      "zones.tab.x.init",
      "an unknown field, want one of crdtType, valueType, computer, " +
      "depends_on, value",
    ],
    [
      withEntries({
        tab: { x: { replica_of: "/db/title", crdtType: "GSet" } },
      }),
      "zones.tab.x.crdtType",
      "an unknown field, want one of replica_of, scope",
    ],
  ]);
});

Deno.test("parseAppSpec refuses an init that gives no bottom", () => {
  const at = "zones.db.x.init";
  const map = { crdtType: "LWWMap" };
  const set = { crdtType: "GSet" };
  let calls = 0;
  checkRefusals([
    [withVar({ init: undefined }), at, "missing, want a function"],
    [withVar({ init: "" }), at, '"", want a function'],
    [
      withVar({ init: "zonekit:elsewhere" }),
      at,
      '"zonekit:elsewhere", want a function',
    ],
    [
      withVar({
        init: () => {
          throw new Error("no");
        },
      }),
      at,
      "a function that throws: no, want a function that gives a value",
    ],
    [
      withVar({ init: () => `call ${calls++}` }),
      at,
      "a function that gives something else at each call, want the same " +
      "bytes at every call",
    ],
    [
      withVar({ init: () => 5 }),
      at,
      "a function that gives 5, want a function that gives a string",
    ],
    [
      withVar({ init: async () => await "" }),
      at,
      "a function that gives an instance of Promise, want a function that " +
      "gives plain data",
    ],
    [
      withVar({ valueType: "object", init: () => ({ a: [NaN] }) }),
      at,
      "a function that gives a value whose .a[0] is NaN, want a function " +
      "that gives a finite number there",
    ],
    [
      withVar({ ...map, init: () => ({}) }),
      at,
      "a function that gives an object, want a function that gives a Map of " +
      "values",
    ],
    [
      withVar({ ...map, init: () => new Map([["k", 5]]) }),
      at,
      "a function that gives 5, want a function that gives a string",
    ],
    [
      withVar({ ...map, init: () => new Map([["\ud800", ""]]) }),
      at,
      'a function that gives a value whose ["\\ud800"] is text with a lone ' +
      "surrogate, want a function that gives well-formed text of at most " +
      "1024 bytes there",
    ],
    [
      withVar({ ...set, init: () => "ab" }),
      at,
      'a function that gives "ab", want a function that gives a Set or ' +
      "an array",
    ],
    [
      withVar({ ...set, init: () => ["a", true] }),
      at,
      "a function that gives true, want a function that gives a string",
    ],
  ]);
});

Deno.test("parseAppSpec refuses rules, scopes and schemas that are none", () => {
  const at = "zones.db.x";
  const standard = `${at}.value.~standard`;
  const validate = (value: unknown) => ({ value });
  const replica = { replica_of: "/db/title", scope: [] };
  const schema = "a Standard Schema, version 1";
  checkRefusals([
    [
      withVar({ access: [] }),
      `${at}.access`,
      "an array, want an object of rules",
    ],
    [
      withVar({ access: { using: true } }),
      `${at}.access.using`,
      "true, want a function",
    ],
    [
      withVar({ access: { withCheck: "x" } }),
      `${at}.access.withCheck`,
      '"x", want a function',
    ],
    [
      withVar({ access: { check: compute } }),
      `${at}.access.check`,
      "an unknown field, want one of using, withCheck",
    ],
    [
      withEntries({ tab: { x: replica } }),
      "zones.tab.x.scope",
      "an array, want a function",
    ],
    [
      withDerived({ depends_on: [{ path: "/db/title", scope: 1 }] }),
      "zones.tab.x.depends_on[0].scope",
      "1, want a function",
    ],
    [withVar({ value: "zod" }), `${at}.value`, `"zod", want ${schema}`],
    [withVar({ value: {} }), standard, `missing, want ${schema}`],
    [
      withSchema({ version: 2, vendor: "test", validate }),
      `${standard}.version`,
      "2, want 1",
    ],
    [
      withSchema({ version: 1, validate }),
      `${standard}.vendor`,
      "missing, want a string",
    ],
    [
      withSchema({ version: 1, vendor: "test" }),
      `${standard}.validate`,
      "missing, want a function",
    ],
    [
      withSchema({
        version: 1,
        vendor: "test",
        validate: () => ({ issues: [{ message: "too short" }] }),
      }),
      `${at}.init`,
      "a function that gives a value its schema refuses: too short, want a " +
      "function that gives what its schema lets through",
    ],
  ]);
});
