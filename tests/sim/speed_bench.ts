/**
 * How fast the memory world runs, and what takes its time: all zones, all
 * faults, the shipped code. `deno task bench:sim [SEEDS]`
 *
 * @module
 */

import { Session } from "node:inspector";
import { runSeeds } from "../../sim/cli/run_seeds.ts";
import { drawHistory } from "../../sim/draw_history.ts";
import { runHistory } from "../../sim/run_history.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";

const SEEDS_DEFAULT = 600;
const ROUNDS = 3;
const WORKERS = 2;
const PROFILED = 150;
const ROOT = new URL("../../", import.meta.url).href;

const seeds = Number(Deno.args[0] ?? SEEDS_DEFAULT);
await bench();
profile();

/** Runs seeds on two cores a few times, and prints the round in the middle. */
async function bench(): Promise<void> {
  const origin = { scenario: todoScenario.name, app: null, faults: null };
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const range = { from: round * seeds, count: seeds, minutes: Infinity };
    const beganMs = performance.now();
    const { events } = await runSeeds(origin, range, WORKERS, () => {});
    rounds.push({ events, minutes: (performance.now() - beganMs) / 60_000 });
    console.error(`round ${round + 1} of ${ROUNDS}`);
  }
  rounds.sort((a, b) => a.minutes - b.minutes);
  const { events, minutes } = rounds[ROUNDS >> 1]!;
  console.log(
    `${Math.round(seeds / minutes)} seeds and ${
      Math.round(events / minutes)
    } ` +
      `events a minute on ${WORKERS} cores, ${Math.round(events / seeds)} ` +
      `events a seed`,
  );
}

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
}

/** Prints the share of each folder in the time of some seeds on one core. */
function profile(): void {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.start");
  const beganMs = performance.now();
  let virtualMs = 0;
  for (let seed = 0; seed < PROFILED; seed++) {
    let endedMs = () => 0;
    const history = drawHistory(todoScenario, seed);
    runHistory(todoScenario, history, ({ agenda }) => {
      const startMs = agenda.nowMs;
      endedMs = () => agenda.nowMs - startMs;
    });
    virtualMs += endedMs();
  }
  const realMs = performance.now() - beganMs;
  console.log(
    `virtual to real time on one core: ${Math.round(virtualMs / realMs)} : 1`,
  );
  session.post("Profiler.stop", (error, { profile }) => {
    if (error) throw error;
    const { nodes, samples = [], timeDeltas = [] } = profile;
    printShares(nodes, samples, timeDeltas);
    session.disconnect();
  });
}

function printShares(
  nodes: readonly Node[],
  samples: readonly number[],
  deltas: readonly number[],
): void {
  const places = new Map(nodes.map((node) => [node.id, placeOf(node)]));
  const times = new Map<string, number>();
  let all = 0;
  for (const [i, id] of samples.entries()) {
    const place = places.get(id) ?? "elsewhere";
    times.set(place, (times.get(place) ?? 0) + deltas[i]!);
    all += deltas[i]!;
  }
  const shares = [...times].map(([place, time]) => [place, time / all] as const)
    .sort(([, a], [, b]) => b - a);
  for (const [place, share] of shares) {
    if (share < 0.005) continue;
    console.log(`${(100 * share).toFixed(1).padStart(5)} %  ${place}`);
  }
}

/** The folder that a function is in, or what the engine does of its own. */
function placeOf({ callFrame: { url, functionName } }: Node): string {
  if (!url.startsWith(ROOT)) {
    return functionName.startsWith("(") ? functionName : "the engine's library";
  }
  return url.slice(ROOT.length).split("/").slice(0, -1).join("/");
}
