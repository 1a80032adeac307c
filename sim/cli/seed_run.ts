/**
 * What a worker is told, and what it tells of each seed.
 *
 * @module
 */

import type { Coverage } from "../coverage.ts";
import type { Origin } from "./load_scenario.ts";

/** A worker's first message: what to run. A port comes with it, for the rest. */
export interface Assignment {
  /** What names the scenario. */
  readonly origin: Origin;
}

/** Some seeds to run. */
export interface Chunk {
  /** The first. */
  readonly from: number;
  /** How many. */
  readonly count: number;
}

/** What came of one seed. */
export interface SeedRun {
  /** The seed. */
  readonly seed: number;
  /** Steps of all nodes. */
  readonly events: number;
  /** What all nodes held in the end. */
  readonly digest: string;
  /** The promise that was broken, and what was seen. */
  readonly violation:
    | { readonly invariant: string; readonly message: string }
    | null;
}

/** What a worker answers: what came of it and where nodes died, or why the workload threw. */
export type Answer =
  | {
    readonly type: "ran";
    readonly runs: readonly SeedRun[];
    readonly died: Coverage["roles"];
  }
  | { readonly type: "failed"; readonly found: string };
