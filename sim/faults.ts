/**
 * What can go wrong between nodes and at them, as probabilities.
 *
 * @module
 */

import type { Random } from "./random.ts";

/** How likely what goes wrong. */
export interface Faults {
  /** The longest way of a message. */
  readonly delayMsMax: number;
  /** A message is lost. */
  readonly drop: number;
  /** A message comes twice. */
  readonly duplicate: number;
  /** A node loses its memory after its writes and before its messages. */
  readonly crashMidway: number;
  /** Cuts, crashes and hibernations in a second, for the whole world. */
  readonly mishapsPerSecond: number;
  /** How far a client's clock is off. */
  readonly skewMsMax: number;
  /** The longest a client's store takes until a write is durable. */
  readonly flushMsMax: number;
}

/** Nothing goes wrong. */
export const CALM: Faults = {
  delayMsMax: 20,
  drop: 0,
  duplicate: 0,
  crashMidway: 0,
  mishapsPerSecond: 0,
  skewMsMax: 0,
  flushMsMax: 5,
};

/** Some of everything, others at each draw. */
export function drawFaults(random: Random): Faults {
  const some = (most: number) => random.chance(0.6) ? random.next() * most : 0;
  return {
    delayMsMax: 5 + random.below(400),
    drop: some(0.1),
    duplicate: some(0.3),
    crashMidway: some(0.05),
    mishapsPerSecond: some(3),
    skewMsMax: some(1) > 0.5 ? 90_000 : 0,
    flushMsMax: 1 + random.below(100),
  };
}
