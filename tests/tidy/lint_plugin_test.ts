/**
 * Each house rule finds what it is for, and nothing beside it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { FUNCTION_LINES_MAX } from "./function_length.ts";
import plugin from "./lint_plugin.ts";
import { ROOT } from "./repository.ts";

/** What the house rules say of `source`, were it the file at `path`. */
function messages(path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, ROOT.pathname + path, source)
    .map((diagnostic) => diagnostic.message);
}

function expectMessages(cases: readonly [string, string, string[]][]) {
  for (const [path, source, wanted] of cases) {
    assertEquals(messages(path, source), wanted, `${path}: ${source}`);
  }
}

Deno.test("import-direction refuses what the table does not list", () => {
  expectMessages([
    [
      "shared/node/x.ts",
      `import "../../zones/db/mod.ts";`,
      [`"shared/node" must not import "zones/db/mod.ts"`],
    ],
    [
      "shared/codec/x.ts",
      `export * from "../crdt/x.ts";`,
      [`"shared/codec" must not import "shared/crdt"`],
    ],
    [
      "zones/client/x.ts",
      `import type { X } from "@zonekit/server";`,
      [`"zones/client" must not import "zones/server/mod.ts"`],
    ],
    [
      "zones/client/x.ts",
      `await import("./adapters/x.ts");`,
      [`"zones/client" must not import "zones/client/adapters"`],
    ],
    [
      "deploy/x.ts",
      `export { x } from "../tests/x.ts";`,
      [`"deploy" must not import "tests"`],
    ],
    [
      "shared/spec/x.ts",
      `import { Hono } from "hono/tiny";`,
      [`"shared/spec" must not import the package "hono/tiny"`],
    ],
    [
      "examples/x.ts",
      `import "../x.ts";`,
      [`"../x.ts" leaves the layers of the repository`],
    ],
  ]);
});

Deno.test("import-direction allows what the table lists", () => {
  expectMessages([
    ["shared/node/x.ts", `import "../codec/x.ts"; import "./y.ts";`, []],
    ["zones/client/mod.ts", `import "./adapters/x.ts";`, []],
    ["zones/server/x.ts", `import { Hono } from "hono/tiny";`, []],
    ["zones/db/x.ts", `import type { X } from "@zonekit/shared";`, []],
    ["deploy/x.ts", `import "node:path";`, []],
    ["tests/x.ts", `import "miniflare"; import "../sim/x.ts";`, []],
    ["shared/crdt/x_test.ts", `import "@std/assert";`, []],
  ]);
});

Deno.test("nothing-ambient finds hidden input in the core and in sim", () => {
  expectMessages([
    ["shared/x.ts", `export const x = Date.now();`, [`"Date.now" is ambient`]],
    ["shared/x.ts", `const now = Date.now;`, [`"Date.now" is ambient`]],
    ["sim/x.ts", `const x = new Date();`, [`"new Date()" is ambient`]],
    ["sim/x.ts", `const x = Date();`, [`"Date()" is ambient`]],
    ["shared/x.ts", `Math.random();`, [`"Math.random" is ambient`]],
    ["shared/x.ts", `crypto.subtle;`, [`"crypto" is ambient`]],
    ["shared/x.ts", `const later = setTimeout;`, [`"setTimeout" is ambient`]],
    ["shared/x.ts", `console.log(1);`, [`"console" is ambient`]],
    ["shared/x.ts", `globalThis["Date"];`, [`"globalThis" is ambient`]],
    ["shared/x.ts", `const x = { fetch };`, [`"fetch" is ambient`]],
    ["sim/x.ts", `Deno.exit();`, [`"Deno" is ambient`]],
  ]);
});

Deno.test("nothing-ambient leaves members, adapters and the clock alone", () => {
  expectMessages([
    ["shared/crdt/system_clock.ts", `Date.now();`, []],
    ["shared/crdt/x.ts", `new Date(0);`, []],
    ["shared/x.ts", `const x = { fetch: 1, location() {} }; x.fetch;`, []],
    ["shared/x.ts", `interface X { readonly location: string }`, []],
    ["shared/x.ts", `function x(self: X) { return self.id; }`, []],
    ["shared/x.ts", `const self = { id: 1 }; self.id;`, []],
    ["zones/client/adapters/clock.ts", `Date.now();`, []],
    ["sim/x_test.ts", `Deno.test("x", () => {});`, []],
    ["sim/cli/x.ts", `Deno.exit(performance.now());`, []],
  ]);
});

Deno.test("function-length measures innermost functions", () => {
  const long = "let x = 0;\n" + "  x++;\n".repeat(FUNCTION_LINES_MAX);
  const message = `Function has ${FUNCTION_LINES_MAX + 2} lines, ` +
    `want ${FUNCTION_LINES_MAX}`;
  expectMessages([
    ["deploy/x.ts", `function x() {${long}}`, [message]],
    ["deploy/x.ts", `function x() {${long} return () => x; }`, []],
  ]);
});
