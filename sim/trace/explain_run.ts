/**
 * A run in words: what was broken, by what, and the steps that matter.
 *
 * @module
 */

import type { History } from "../history.ts";
import type { Run } from "../run_history.ts";
import type { Scenario } from "../scenario.ts";
import { historyLines, stepLines } from "./history_lines.ts";
import { traceRun } from "./trace_run.ts";

/** Runs a history, and tells what was broken and how, if anything was. */
export function explainRun(
  scenario: Scenario,
  history: History,
): { readonly run: Run; readonly lines: readonly string[] } {
  const traced = traceRun(scenario, history);
  const { run } = traced;
  const { invariant = "nothing", message = "" } = run.violation ?? {};
  const lines = [
    `broken: ${invariant}`,
    `found:  ${message.replace(`${invariant}: `, "")}`,
    "",
    "what happens, by seconds:",
    ...historyLines(history, traced),
    "",
    "the last steps, and (*) those that tell of what was found;",
    "t123 is a link or a seq, by the millisecond it was given:",
    ...stepLines(traced),
  ];
  return { run, lines };
}
