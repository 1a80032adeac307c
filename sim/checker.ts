/**
 * What every checker looks like: it watches a run, and says at once when a
 * promise is broken; or it asks when all have come to rest.
 *
 * @module
 */

import type { Ledger } from "./ledger.ts";
import type { Stepped, World } from "./world.ts";

/** What a checker sees. */
export interface Watched {
  /** The running topology. */
  readonly world: World;
  /** What authors did and were told. */
  readonly ledger: Ledger;
}

/** One run under the eyes of one checker. Both throw `Violation`. */
export interface Watch {
  /** After every step of every node. */
  step?(stepped: Stepped): void;
  /** When all have come to rest. */
  rest?(): void;
}

/** A promise, and how it is checked. */
export interface Checker {
  /** The promise. */
  readonly name: string;
  /** Begins to watch a run. */
  watch(run: Watched): Watch;
}
