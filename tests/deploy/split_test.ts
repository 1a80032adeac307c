import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { DeployError } from "../../deploy/deploy_error.ts";
import { splitSpec } from "../../deploy/build/split.ts";
import type { Place } from "../../deploy/build/target.ts";

const MARKER = "elsewhere!";
const F: Place = ["db", "f"];

/** An app whose zone `db` is written as `zone`, below `above`. */
function appWith(zone: string, above = ""): string {
  return `${above}
    const defineApp = (spec) => spec;
    export default defineApp({ zones: { db: ${zone} }, channels: [] });`;
}

/** What a module exports by default, which needs no other module. */
async function evaluate(text: string): Promise<unknown> {
  const url = `data:application/typescript,${encodeURIComponent(text)}`;
  const module: { default: unknown } = await import(url);
  return module.default;
}

/** Each is a way to write a function at `zones.db.f`. */
const FORMS: Readonly<Record<string, string>> = {
  "an arrow function": appWith(`{ f: () => "canary", kept: 1 }`),
  "a method": appWith(`{ async f(node) { return "canary"; }, kept: 1 }`),
  "a getter": appWith(`{ get f() { return () => "canary"; }, kept: 1 }`),
  "a quoted name": appWith(`{ "f": () => "canary", kept: 1 }`),
  "a quoted method": appWith(`{ "f"() { return "canary"; }, kept: 1 }`),
  "a name in brackets": appWith(`{ ["f"]() { return "canary" }, kept: 1 }`),
  "a call": appWith(`{ f: Object(() => "canary"), kept: 1 }`),
  "a function of the file": appWith(
    `{ f, kept: 1 }`,
    `function f() { return "canary"; }`,
  ),
  "a constant of the file": appWith(
    `{ f: rule, kept: 1 }`,
    `const words = ["canary"].map(String); const rule = () => words;`,
  ),
  "an imported function": appWith(
    `{ f, kept: 1 }`,
    `import { f } from "./canary.ts";`,
  ),
  "a renamed default import": appWith(
    `{ f: canary, kept: 1 }`,
    `import canary from "./elsewhere.ts";`,
  ),
  "a constant zone": appWith(
    `zone`,
    `const zone = { f: () => "canary", kept: 1 } as const;`,
  ),
  "one written twice": appWith(
    `{ f: () => "canary 1", f: () => "canary 2", kept: 1 }`,
  ),
  "one after a spread": appWith(
    `{ ...more, f: () => "canary" }`,
    `const more = { kept: 1 };`,
  ),
  "a typed constant spec": `
    const todo: { zones: object; channels: unknown[] } = {
      zones: { db: { f: () => "canary", kept: 1 } }, channels: [] };
    export default todo;`,
  "an exported constant spec": `
    export const todo = {
      zones: { db: { f: () => "canary", kept: 1 } }, channels: [] };
    export { todo as default };`,
  "a constant of zones": `
    const zones = { db: { f: () => "canary", kept: 1 } };
    export default ({ zones, channels: [] } satisfies { zones: object });`,
};

for (const [form, text] of Object.entries(FORMS)) {
  Deno.test(`splitSpec takes out ${form} and leaves its marker`, async () => {
    const split = splitSpec(text, [F], MARKER);
    assert(!split.includes("canary"), split);
    assertEquals(await evaluate(split), {
      zones: { db: { f: MARKER, kept: 1 } },
      channels: [],
    });
  });
}

Deno.test("splitSpec takes rules and scopes out of the vars they stand in", async () => {
  const text = appWith(
    `{
      notes: { access, init: () => 0 },
      copy: { scope: (s) => [canary(s)] },
      sum: { depends_on: ["/db/notes", { path: "/db/copy", scope: canary }] },
    }`,
    `const canary = (word) => word;
     const access = { using: () => canary("using"), withCheck: () => 1 };`,
  );
  const places: Place[] = [
    ["db", "notes", "access", "using"],
    ["db", "notes", "access", "withCheck"],
    ["db", "copy", "scope"],
    ["db", "sum", "depends_on", 1, "scope"],
  ];
  const split = splitSpec(text, places, MARKER);
  assert(!split.includes("canary"), split);
  assertStringIncludes(split, "init: () => 0");
  const { zones } = await evaluate(split) as {
    zones: { db: Record<string, unknown> };
  };
  const { sum, copy } = zones.db;
  assertEquals(copy, { scope: MARKER });
  assertEquals(sum, {
    depends_on: ["/db/notes", { path: "/db/copy", scope: MARKER }],
  });
});

Deno.test("splitSpec keeps all that something else still uses", async () => {
  const text = appWith(
    `{ f: () => both(seen), g: () => both(\`\${seen}\`) }`,
    `import "./effect.ts";
     import { unused } from "./unused.ts";
     const { seen, hidden = seen } = { seen: "seen" };
     const both = (word) => word, canary = both("once");
     const idle = both("idle");`,
  );
  const split = splitSpec(text, [F], MARKER);
  assertStringIncludes(split, `import "./effect.ts"`);
  assertStringIncludes(split, `const { seen, hidden = seen }`);
  assertStringIncludes(split, `const idle = both("idle")`);
  const spec = await evaluate(split.replaceAll(/import .*;/g, "")) as {
    zones: { db: { g: () => string } };
  };
  assertEquals(spec.zones.db.g(), "seen");
});

Deno.test("splitSpec drops one constant of a statement and keeps the other", () => {
  const text = appWith(
    `{ f: () => canary, g: () => kept }`,
    `const canary = String("a"), kept = String("b");
     import first, { second as canary2 } from "./two.ts";
     export const shown = first;`,
  );
  const split = splitSpec(text, [F], MARKER);
  assertStringIncludes(split, `const kept = String("b");`);
  assert(!/canary =/.test(split), split);
  assertStringIncludes(split, `"./two.ts"`);
});

Deno.test("splitSpec without anything to remove gives the same text", () => {
  for (const text of Object.values(FORMS)) {
    assertEquals(splitSpec(text, [], MARKER), text);
  }
});

/** Each is a way that nothing can be said of `zones.db.f`, and why. */
const REFUSALS: Readonly<Record<string, readonly [string, string]>> = {
  "a spread": [
    appWith(`{ ...functions }`, `const functions = { f: () => 1 };`),
    "a spread at app.ts:3",
  ],
  "a spread behind it": [
    appWith(`{ f: () => 1, ...functions }`, `const functions = {};`),
    "a spread at app.ts:3",
  ],
  "a computed name": [
    appWith(`{ [name]: () => 1 }`, `const name = "f";`),
    "a computed name at app.ts:3",
  ],
  "an imported zone": [
    appWith(`zone`, `import { zone } from "./zone.ts";`),
    `"zone", which is no constant of this file at app.ts:3`,
  ],
  "a variable zone": [
    appWith(`zone`, `let zone = { f: () => 1 };`),
    "let zone at app.ts:1",
  ],
  "a conditional zone": [
    appWith(`1 > 0 ? { f: () => 1 } : {}`),
    "a conditional expression at app.ts:3",
  ],
  "a zone that is called for": [
    appWith(`zone()`, `const zone = () => ({ f: () => 1 });`),
    "a call without an argument at app.ts:3",
  ],
  "another module's spec": [
    `export { default } from "./spec.ts";`,
    "a default export of another module at app.ts:1",
  ],
  "no spec": [`export const spec = {};`, "no default export at app.ts:1"],
};

for (const [form, [text, found]] of Object.entries(REFUSALS)) {
  Deno.test(`splitSpec refuses ${form} and says where it stands`, () => {
    const error = assertThrows(
      () => splitSpec(text, [F], MARKER),
      DeployError,
      found,
    );
    assertEquals(error.code, "place-not-literal");
    assertEquals(error.path, "zones.db.f");
    assertEquals(error.message.split("\n").length, 1);
  });
}

Deno.test("splitSpec refuses an element that stands behind a spread", () => {
  const text = appWith(`{ sum: { depends_on: [...more, { scope: f }] } }`);
  const place: Place = ["db", "sum", "depends_on", 1, "scope"];
  assertThrows(() => splitSpec(text, [place], MARKER), DeployError, "a spread");
});
