/**
 * A worker that runs seeds: it is told what to run once, and then which seeds,
 * a few at a time.
 *
 * @module
 */

import { Coverage } from "../coverage.ts";
import { drawHistory } from "../draw_history.ts";
import { runHistory } from "../run_history.ts";
import type { Scenario } from "../scenario.ts";
import { WorkloadError } from "../workload_error.ts";
import { loadScenario } from "./load_scenario.ts";
import type { Answer, Assignment, Chunk, SeedRun } from "./seed_run.ts";

function runSeed(scenario: Scenario, seed: number, died: Coverage): SeedRun {
  const run = runHistory(scenario, drawHistory(scenario, seed));
  died.add(run.coverage.roles);
  const { events, digest, violation } = run;
  if (!violation) return { seed, events, digest, violation };
  const { invariant, message } = violation;
  return { seed, events, digest, violation: { invariant, message } };
}

function runChunk(scenario: Scenario, { from, count }: Chunk): Answer {
  try {
    const seeds = Array.from({ length: count }, (_, i) => from + i);
    const died = new Coverage();
    const runs = seeds.map((seed) => runSeed(scenario, seed, died));
    return { type: "ran", runs, died: died.roles };
  } catch (error) {
    if (!(error instanceof WorkloadError)) throw error;
    return { type: "failed", found: error.found };
  }
}

addEventListener("message", (event) => {
  if (!(event instanceof MessageEvent)) return;
  const { origin }: Assignment = event.data;
  const [port] = event.ports;
  const scenario = loadScenario(origin);
  port!.onmessage = async ({ data }: MessageEvent<Chunk>) => {
    port!.postMessage(runChunk(await scenario, data));
  };
});
