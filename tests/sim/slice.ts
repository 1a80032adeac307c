/**
 * A slice of seeds of the to-do scenario.
 *
 * @module
 */

import { runSeed } from "../../sim/run_seed.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";

/** Runs the seeds from one up to another; throws with the first that breaks a promise. */
export function runSlice(from: number, to: number): number {
  let events = 0;
  for (let seed = from; seed < to; seed++) {
    const run = runSeed(todoScenario, seed);
    events += run.events;
    if (run.violation) {
      const again = `deno run -A tests/sim/seeds.ts ${seed} ${seed + 1}`;
      throw new Error(
        `seed ${seed}: ${run.violation.message}\nagain: ${again}`,
      );
    }
  }
  return events;
}
