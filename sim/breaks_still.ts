/**
 * Whether a history shows what another one showed.
 *
 * @module
 */

import type { History } from "./history.ts";
import { runHistory } from "./run_history.ts";
import type { Scenario } from "./scenario.ts";
import { WorkloadError } from "./workload_error.ts";

/** Says whether a history breaks a promise; one in which the workload itself fails shows nothing. */
export function breaksStill(
  scenario: Scenario,
  history: History,
  invariant: string,
): boolean {
  try {
    return runHistory(scenario, history).violation?.invariant === invariant;
  } catch (error) {
    if (error instanceof WorkloadError) return false;
    throw error;
  }
}
