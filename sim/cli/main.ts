/**
 * The command line of the simulator: `deno task sim`. A broken promise is exit
 * 1, and so is a fault of the caller, with one line on standard error.
 *
 * @module
 */

import { WorkloadError } from "../workload_error.ts";
import { parseCommand, USAGE } from "./command.ts";
import { replay, runSim } from "./run_sim.ts";
import { SimError } from "./sim_error.ts";

async function main(args: readonly string[]): Promise<boolean> {
  const command = parseCommand(args, navigator.hardwareConcurrency);
  switch (command.name) {
    case "help":
      console.log(USAGE.trimEnd());
      return true;
    case "replay":
      return await replay(command);
    case "run":
      return await runSim(command);
  }
}

try {
  Deno.exit(await main(Deno.args) ? 0 : 1);
} catch (error) {
  const isOfCaller = error instanceof SimError ||
    error instanceof WorkloadError;
  if (!isOfCaller) throw error;
  console.error(error.message);
  Deno.exit(1);
}
