/**
 * Runs seeds from the command line: `deno run tests/sim/seeds.ts FROM TO [SCENARIO]`.
 *
 * @module
 */

import { seasonsScenario, todoScenario } from "../../sim/scenarios/todo.ts";
import { runSlice } from "./slice.ts";

if (import.meta.main) {
  const [from = "0", to = "100", name = "todo"] = Deno.args;
  const scenario = name === "seasons" ? seasonsScenario : todoScenario;
  try {
    const events = runSlice(scenario, Number(from), Number(to));
    console.log(`${events} events, no violation`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
