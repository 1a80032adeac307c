/**
 * From a seed that breaks a promise to something that a person can read: the
 * smallest history, the steps that matter, and the command that runs it again.
 *
 * @module
 */

import { relative } from "node:path";
import { drawHistory } from "../draw_history.ts";
import type { History } from "../history.ts";
import { breaksStill } from "../breaks_still.ts";
import { pinDeaths } from "../pin_deaths.ts";
import type { Scenario } from "../scenario.ts";
import { FEW, shrink, type Shrunk } from "../shrink.ts";
import { explainRun } from "../trace/explain_run.ts";
import type { Progress } from "./progress.ts";
import { writeHistory } from "./saved_history.ts";

/** Within a minute, with what comes before and after. */
const SHRINK_MS = 55_000;
/** Where what is kept as a regression stands. */
const REGRESSIONS = "tests/sim/regressions";
/** Where what is not kept stands until somebody clears it away. */
const SCRATCH = ".zonekit/sim";

/** A seed that breaks a promise. */
export interface Failure {
  /** The seed. */
  readonly seed: number;
  /** The promise. */
  readonly invariant: string;
}

/** What is to be explained. */
export interface Subject {
  /** What was run. */
  readonly scenario: Scenario;
  /** The folder of the app; `null` for a scenario in the box. */
  readonly app: string | null;
  /** The seeds that failed, at least one: the first that can be made small is taken. */
  readonly failures: readonly Failure[];
}

/** Shrinks a failing seed, keeps the result as a file, and tells all about it. */
export async function explain(
  { scenario, app, failures }: Subject,
  save: boolean,
  progress: Progress,
): Promise<string[]> {
  const beganMs = performance.now();
  const small = smallestOf(scenario, failures, progress);
  const seconds = ((performance.now() - beganMs) / 1_000).toFixed(1);
  const { history, runs, from, failure: { seed, invariant } } = small;
  const { run, lines } = explainRun(scenario, history);
  const name = `${scenario.name}-${slugOf(invariant)}-${seed}`;
  const file = `${save ? REGRESSIONS : SCRATCH}/${name}.json`;
  await writeHistory(file, {
    scenario: scenario.name,
    // Whoever keeps it has the repository elsewhere.
    app: app && relative(Deno.cwd(), app),
    violation: invariant,
    found: run.violation?.message ?? "",
    history,
  });
  return [
    `${scenario.name}, seed ${seed}, in ${history.happenings.length} of ` +
    `${from} events (${runs} runs, ${seconds} s):`,
    ...lines,
    "",
    `again: deno task sim --replay ${file}`,
  ];
}

/** What became of a failing seed. */
interface Small extends Shrunk {
  readonly failure: Failure;
  /** How many happenings it had. */
  readonly from: number;
}

/** Some failures depend on so much chance that another one is easier to read. */
function smallestOf(
  scenario: Scenario,
  failures: readonly Failure[],
  progress: Progress,
): Small {
  const endsMs = performance.now() + SHRINK_MS;
  const tried: Small[] = [];
  for (const [i, failure] of failures.entries()) {
    const leftMs = endsMs - performance.now();
    if (leftMs <= 0) break;
    const isLast = i === failures.length - 1;
    const drawn = drawHistory(scenario, failure.seed);
    const shrunk = shrinkWithin(scenario, drawn, failure.invariant, {
      ms: isLast ? leftMs : leftMs / 2,
      progress,
    });
    tried.push({ ...shrunk, failure, from: drawn.happenings.length });
    if (shrunk.history.happenings.length <= FEW) break;
  }
  const sizeOf = ({ history }: Small) => history.happenings.length;
  return tried.sort((a, b) => sizeOf(a) - sizeOf(b))[0]!;
}

function shrinkWithin(
  scenario: Scenario,
  history: History,
  invariant: string,
  { ms, progress }: { readonly ms: number; readonly progress: Progress },
): Shrunk {
  const endsMs = performance.now() + ms;
  let runs = 0;
  let least = history.happenings.length;
  const breaks = (candidate: History) => {
    const holds = breaksStill(scenario, candidate, invariant);
    if (holds) least = candidate.happenings.length;
    progress.shrinking(++runs, least);
    return holds;
  };
  const pinned = pinDeaths(scenario, history, breaks);
  return shrink(pinned, breaks, () => performance.now() > endsMs);
}

function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
