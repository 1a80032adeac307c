/**
 * Runs what the command line asks for, and says what came of it.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { explainRun } from "../trace/explain_run.ts";
import { coverageLines } from "./coverage_lines.ts";
import { explain } from "./explain.ts";
import { loadScenario } from "./load_scenario.ts";
import { Progress } from "./progress.ts";
import { runSeeds, type Totals } from "./run_seeds.ts";
import { readHistory } from "./saved_history.ts";
import { SeedDigest } from "../seed_digest.ts";

/** So many failing seeds get a line of their own. */
const LINES_MAX = 10;

type Run = Extract<Command, { name: "run" }>;
type Replay = Extract<Command, { name: "replay" }>;

/** Runs seeds; says whether every promise was kept. Throws `SimError`. */
export async function runSim({ origin, seeds, manner }: Run): Promise<boolean> {
  const { workers, json, coverage, save } = manner;
  // Here too, so that what cannot be loaded is said before anything starts.
  const scenario = await loadScenario(origin);
  const progress = new Progress();
  const totals = await runSeeds(origin, seeds, workers, (run, sofar) => {
    if (run.violation && sofar.violations <= LINES_MAX) {
      progress.line(`seed ${run.seed}: ${run.violation.message}`);
    }
    progress.update(sofar);
  });
  const speed = progress.eventsPerSecond(totals.events);
  if (totals.failures.length > 0) {
    const failures = totals.failures.map(({ seed, violation }) => ({
      seed,
      invariant: violation!.invariant,
    }));
    const subject = { scenario, app: origin.app, failures };
    say(await explain(subject, save, progress), json);
  }
  progress.clear();
  say(coverageLines(totals, coverage), json);
  sum(totals, speed, json);
  return totals.violations === 0;
}

/** Runs a history that was kept; says whether it keeps every promise now. */
export async function replay({ file, json }: Replay): Promise<boolean> {
  const saved = await readHistory(file);
  const scenario = await loadScenario({ ...saved, faults: null });
  const progress = new Progress();
  const { run, lines } = explainRun(scenario, saved.history);
  const { events, violation } = run;
  const digest = new SeedDigest();
  digest.add(saved.history.seed, run.digest);
  if (violation) say(lines, json);
  const violations = violation ? 1 : 0;
  sum(
    { seeds: 1, events, violations, digest },
    progress.eventsPerSecond(events),
    json,
  );
  return violation === null;
}

type Sums = Pick<Totals, "seeds" | "events" | "violations" | "digest">;

/** Words are for people: where a program reads, they go to standard error. */
function say(lines: readonly string[], json: boolean): void {
  for (const line of lines) (json ? console.error : console.log)(line);
}

function sum(
  { seeds, events, violations, digest: { hex: digest } }: Sums,
  eventsPerSecond: number,
  json: boolean,
): void {
  if (json) {
    const figures = { seeds, events, violations, digest, eventsPerSecond };
    return console.log(JSON.stringify(figures));
  }
  console.log(
    `${seeds} seeds, ${events} events (${eventsPerSecond}/s), ` +
      `${violations} violations, digest ${digest}`,
  );
}
