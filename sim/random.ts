/**
 * Chance from a seed: the same seed gives the same numbers in any process.
 *
 * @module
 */

/** A stream of numbers. */
export interface Random {
  /** The next number in [0, 1). */
  next(): number;
  /** The next integer in [0, below). */
  below(below: number): number;
  /** Says yes with a probability. */
  chance(probability: number): boolean;
  /** One of some things. */
  pick<T>(from: readonly T[]): T;
  /** A stream of its own, for something that must not disturb this one. */
  fork(): Random;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, well mixed. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return randomFrom(() => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  });
}

/** A stream of what `next` draws in [0, 1). */
export function randomFrom(next: () => number): Random {
  const below = (most: number) => Math.floor(next() * most);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (from) => from[below(from.length)]!,
    fork: () => randomOf(below(2 ** 32)),
  };
}
