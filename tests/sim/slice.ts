/**
 * A slice of seeds of a scenario.
 *
 * @module
 */

import { drawHistory } from "../../sim/draw_history.ts";
import { runHistory } from "../../sim/run_history.ts";
import type { Scenario } from "../../sim/scenario.ts";

/** Runs the seeds from one up to another; throws with the first that breaks a promise. */
export function runSlice(
  scenario: Scenario,
  from: number,
  to: number,
): number {
  let events = 0;
  for (let seed = from; seed < to; seed++) {
    const run = runHistory(scenario, drawHistory(scenario, seed));
    events += run.events;
    if (!run.violation) continue;
    const again = `deno task sim ${scenario.name} --seed ${seed}`;
    throw new Error(`seed ${seed}: ${run.violation.message}\nagain: ${again}`);
  }
  return events;
}
