/**
 * A slice of seeds of a scenario.
 *
 * @module
 */

import { runSeed, type Scenario } from "../../sim/run_seed.ts";
import { seasonsScenario, todoScenario } from "../../sim/scenarios/todo.ts";

/** The scenarios, by name. */
const SCENARIOS: ReadonlyMap<string, Scenario> = new Map([
  ["todo", todoScenario],
  ["seasons", seasonsScenario],
]);

/** Runs the seeds from one up to another; throws with the first that breaks a promise. */
export function runSlice(from: number, to: number, name = "todo"): number {
  const scenario = SCENARIOS.get(name)!;
  let events = 0;
  for (let seed = from; seed < to; seed++) {
    const run = runSeed(scenario, seed);
    events += run.events;
    if (run.violation) {
      const args = `${seed} ${seed + 1} ${name}`;
      const again = `deno run -A tests/sim/seeds.ts ${args}`;
      throw new Error(
        `seed ${seed}: ${run.violation.message}\nagain: ${again}`,
      );
    }
  }
  return events;
}
