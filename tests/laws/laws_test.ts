/** Every type of the box, and one from outside, under the laws of all. */

import { assertEquals } from "@std/assert";
import { crdtTypes } from "../../shared/crdt/registry.ts";
import { LAWS } from "./subjects.ts";

const RUNS = 60;
/** Those whose states of four operations take too long here: `deno task laws` has them. */
const LONG = ["LWWMap", "Sequence"];

for (const [name, check] of LAWS) {
  Deno.test(`${name} keeps every law`, () => {
    const operations = LONG.includes(name) ? 3 : 4;
    const { states } = check({ runs: RUNS, operations });
    console.log(`${states} states of ${operations} operations, 3 replicas`);
  });
}

Deno.test("no type of the box is let off", () => {
  const missing = [...crdtTypes.keys()].filter((name) => !LAWS.has(name));
  assertEquals(missing, []);
});
