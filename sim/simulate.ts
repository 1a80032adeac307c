/**
 * Proving an app: seeds over drawn histories, under everything that can go
 * wrong, and the smallest history that breaks a promise, if one does.
 *
 * @module
 */

import type { App } from "../shared/spec/app.ts";
import type { AppSpec } from "../shared/spec/app_spec.ts";
import { parseAppSpec } from "../shared/spec/parse.ts";
import { breaksStill } from "./breaks_still.ts";
import { drawHistory } from "./draw_history.ts";
import type { History } from "./history.ts";
import { pinDeaths } from "./pin_deaths.ts";
import { type Run, runHistory } from "./run_history.ts";
import type { Scenario } from "./scenario.ts";
import { SeedDigest } from "./seed_digest.ts";
import { shrink } from "./shrink.ts";
import { scenarioOf, type Simulation } from "./simulation.ts";
import { type RunningApp, topologyOf } from "./start_app.ts";
import { explainRun } from "./trace/explain_run.ts";
import { assertWhole } from "./usage_error.ts";

const SEEDS = 50;
const SHRINK_RUNS = 300;

/** A promise that was broken, as small as it could be made. */
export interface Failure {
  /** The first seed that breaks one. */
  readonly seed: number;
  /** Which one. */
  readonly invariant: string;
  /** What was seen, in the smallest history. */
  readonly message: string;
  /** The smallest history found: plain data, to be kept and run again. */
  readonly history: History;
  /** What happens in it, and the steps that tell of it, for people. */
  readonly trace: string;
  /** The call that runs the seed again. */
  readonly replay: string;
}

/** What came of a simulation. */
export interface Report {
  /** How many seeds were run. */
  readonly seeds: number;
  /** Steps of all nodes in all of them. */
  readonly events: number;
  /** How many seeds broke a promise. */
  readonly violations: number;
  /** Of all that was held in the end: the same for the same seeds, anywhere. */
  readonly digest: string;
  /** The first seed that broke one; `null` where all were kept. */
  readonly failure: Failure | null;
}

/**
 * Runs an app under seeds, each a history of what clients do and what goes
 * wrong, with all the kit's checkers and the app's own invariants. `app` is a
 * spec, or what `startApp` gave: then its spec, and nothing of its state.
 * Throws `SpecError` for a bad spec, `UsageError` for a fault or an option that
 * is not there, and `WorkloadError` for a workload that throws.
 *
 * ```ts
 * import { defineApp } from "@zonekit/shared";
 * import { simulate } from "@zonekit/sim";
 *
 * const everyone = { using: () => true, withCheck: () => true };
 * const app = defineApp({
 *   zones: {
 *     db: {
 *       votes: {
 *         crdtType: "GSet",
 *         valueType: "string",
 *         init: () => new Set<string>(),
 *         access: everyone,
 *       },
 *     },
 *     client: { votes: { replica_of: "/db/votes" } },
 *   },
 *   channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
 * });
 * const report = simulate(app, {
 *   seeds: 3,
 *   workload: ({ client }) =>
 *     client.mutate("/client/votes", (votes) => votes.add(client.claims.sub)),
 *   invariants: [{
 *     name: "all count the same votes",
 *     finally: ({ db: [root], client }) =>
 *       client.every(({ state }) =>
 *         state.votes.getValue().size === root!.state.votes.getValue().size
 *       ) || "they differ",
 *   }],
 * });
 * console.assert(report.failure === null, report.failure?.trace);
 * ```
 */
export function simulate<const S extends AppSpec>(
  app: S | RunningApp,
  simulation: Simulation<S> = {},
): Report {
  const { seeds = SEEDS, seed: from = 0, history } = simulation;
  const { shrinkRuns = SHRINK_RUNS } = simulation;
  assertWhole("seeds", seeds, 1);
  assertWhole("seed", from, 0);
  assertWhole("shrinkRuns", shrinkRuns, 0);
  const scenario = scenarioOf("app", parsed(app), simulation);
  const digest = new SeedDigest();
  let [events, violations] = [0, 0];
  let first: Run | null = null;
  const histories = history ? 1 : seeds;
  for (let i = 0; i < histories; i++) {
    const run = runHistory(
      scenario,
      history ?? drawHistory(scenario, from + i),
    );
    digest.add(run.history.seed, run.digest);
    events += run.events;
    if (!run.violation) continue;
    violations++;
    first ??= run;
  }
  const failure = first && failureOf(scenario, first, shrinkRuns);
  return { seeds: histories, events, violations, digest: digest.hex, failure };
}

/**
 * Draws the history that a seed gives: what clients do and what goes wrong,
 * chosen before anything runs. Throws as `simulate` does.
 */
export function drawnHistory<const S extends AppSpec>(
  app: S | RunningApp,
  seed: number,
  simulation: Simulation<S> = {},
): History {
  assertWhole("seed", seed, 0);
  return drawHistory(scenarioOf("app", parsed(app), simulation), seed);
}

function parsed(app: AppSpec | RunningApp): App {
  return "connections" in app ? topologyOf(app).world.app : parseAppSpec(app);
}

function failureOf(scenario: Scenario, run: Run, runsMax: number): Failure {
  const { seed } = run.history;
  const { invariant } = run.violation!;
  let runs = 0;
  const breaks = (smaller: History) => {
    runs++;
    return breaksStill(scenario, smaller, invariant);
  };
  const drawn = runsMax > 0
    ? pinDeaths(scenario, run.history, breaks)
    : run.history;
  const { history } = shrink(drawn, breaks, () => runs >= runsMax);
  const explained = explainRun(scenario, history);
  return {
    seed,
    invariant,
    message: explained.run.violation!.message,
    history,
    trace: explained.lines.join("\n"),
    replay: `simulate(app, { ...simulation, seed: ${seed}, seeds: 1 })`,
  };
}
