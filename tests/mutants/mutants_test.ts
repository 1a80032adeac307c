/**
 * The list of planted bugs stays true to the code that they are planted in.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { MUTANTS } from "./mutants.ts";
import { SCENARIO_OF } from "./scenarios.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("every planted bug changes a text of shipped code that stands there once", async () => {
  for (const { name, file, find, put } of MUTANTS) {
    assert(/^(shared|zones)\//.test(file), `${name} is in shipped code`);
    const text = await Deno.readTextFile(new URL(file, ROOT));
    assertEquals(text.split(find).length, 2, `${name}: ${file} holds ${find}`);
    assert(text !== text.replace(find, () => put), `${name} changes something`);
  }
});

Deno.test("every planted bug has a name of its own and a scenario that there is", () => {
  assertEquals(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
  for (const { name, scenario = "todo" } of MUTANTS) {
    assert(SCENARIO_OF.has(scenario), `${name} is hunted in ${scenario}`);
  }
});
