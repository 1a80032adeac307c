/**
 * Histories that broke a promise once: each must keep every promise now. What
 * `deno task sim --save` writes stands beside this file.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { loadScenario } from "../../sim/cli/load_scenario.ts";
import { readHistory } from "../../sim/cli/saved_history.ts";
import { runHistory } from "../../sim/run_history.ts";

const FOLDER = new URL("./regressions/", import.meta.url);

const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
  .filter((name) => name.endsWith(".json")).sort();

Deno.test("there are histories that broke a promise once", () => {
  assert(files.length > 0);
});

for (const name of files) {
  Deno.test(`kept since it was broken: ${name}`, async () => {
    const saved = await readHistory(fileURLToPath(new URL(name, FOLDER)));
    const scenario = await loadScenario({ ...saved, faults: null });
    const run = runHistory(scenario, saved.history);
    assertEquals(run.violation?.message, undefined);
  });
}
