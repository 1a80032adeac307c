/**
 * Runs seeds on all cores: each worker gets a few at a time, until there are no
 * more or the time is over.
 *
 * @module
 */

import { Coverage } from "../coverage.ts";
import type { SeedRange } from "./command.ts";
import type { Origin } from "./load_scenario.ts";
import { SeedDigest } from "../seed_digest.ts";
import type { Answer, Assignment, Chunk, SeedRun } from "./seed_run.ts";
import { SimError } from "./sim_error.ts";

const CHUNK = 4;
/** So many failing seeds are kept to be explained. */
const FAILURES_MAX = 3;
/** So many events make a long run. */
const LONG = 1_000;
const MINUTE_MS = 60_000;

/** What came of all seeds so far. */
export interface Totals {
  /** How many were run. */
  seeds: number;
  /** Steps of all nodes in all of them. */
  events: number;
  /** Of them, in the shortest run. */
  eventsLeast: number;
  /** How many seeds had a thousand or more. */
  longSeeds: number;
  /** How many broke a promise. */
  violations: number;
  /** Of all runs. */
  readonly digest: SeedDigest;
  /** Where nodes died in all of them. */
  readonly died: Coverage;
  /** The lowest few seeds that broke one, in order. */
  failures: SeedRun[];
}

type Ran = Extract<Answer, { type: "ran" }>;

/** Runs seeds; `onRun` is told of each. Throws `SimError` for a workload that throws. */
export async function runSeeds(
  origin: Origin,
  { from, count, minutes }: SeedRange,
  workers: number,
  onRun: (run: SeedRun, totals: Totals) => void,
): Promise<Totals> {
  const totals: Totals = {
    seeds: 0,
    events: 0,
    eventsLeast: Infinity,
    longSeeds: 0,
    violations: 0,
    digest: new SeedDigest(),
    died: new Coverage(),
    failures: [],
  };
  const endsMs = performance.now() + minutes * MINUTE_MS;
  let next = from;
  const nextChunk = (): Chunk | null => {
    if (performance.now() >= endsMs) return null;
    const length = Math.min(CHUNK, from + count - next);
    if (length <= 0) return null;
    next += length;
    return { from: next - length, count: length };
  };
  const take = ({ runs, died }: Ran) => {
    totals.died.add(died);
    for (const run of runs) {
      addRun(totals, run);
      onRun(run, totals);
    }
  };
  const needed = Math.min(workers, Math.ceil(count / CHUNK));
  const all = Array.from({ length: needed }, () => new SeedWorker(origin));
  try {
    await Promise.all(all.map((worker) => worker.work(nextChunk, take)));
  } finally {
    for (const worker of all) worker.end();
  }
  return totals;
}

function addRun(totals: Totals, run: SeedRun): void {
  totals.seeds++;
  totals.events += run.events;
  totals.eventsLeast = Math.min(totals.eventsLeast, run.events);
  if (run.events >= LONG) totals.longSeeds++;
  totals.digest.add(run.seed, run.digest);
  if (!run.violation) return;
  totals.violations++;
  totals.failures = [...totals.failures, run]
    .sort((a, b) => a.seed - b.seed).slice(0, FAILURES_MAX);
}

class SeedWorker {
  readonly #worker: Worker;
  readonly #port: MessagePort;

  constructor(origin: Origin) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const url = new URL("./seed_worker.ts", import.meta.url);
    this.#worker = new Worker(url, { type: "module" });
    const assignment: Assignment = { origin };
    this.#worker.postMessage(assignment, [port2]);
  }

  /** Works as long as there is something to do. */
  work(
    nextChunk: () => Chunk | null,
    take: (ran: Ran) => void,
  ): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const next = () => {
      const chunk = nextChunk();
      if (chunk) this.#port.postMessage(chunk);
      else resolve();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new SimError("run a worker", event.message));
    };
    this.#port.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.type === "failed") {
        return reject(new SimError("run the workload", data.found));
      }
      take(data);
      next();
    };
    next();
    return promise;
  }

  /** Ends it, in the middle of whatever it does. */
  end(): void {
    this.#port.close();
    this.#worker.terminate();
  }
}
