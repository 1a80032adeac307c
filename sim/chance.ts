/**
 * Chance in a running world: a stream of its own for every place, that begins
 * anew every millisecond. So what is left out of a history changes the chance of
 * nothing else, and a failure stays what it is while it is being shrunk.
 *
 * @module
 */

import type { Agenda } from "./agenda.ts";
import { type Random, randomFrom } from "./random.ts";

/** All chance of a world, by place: a node, a way between two, a node's store. */
export class Chance {
  readonly #agenda: Agenda;
  readonly #seed: number;
  readonly #places = new Map<string, Random>();

  /** Chance from a seed, over a world's time. */
  constructor(seed: number, agenda: Agenda) {
    this.#agenda = agenda;
    this.#seed = seed;
  }

  /** The chance of a place. */
  at(place: string): Random {
    const known = this.#places.get(place);
    if (known) return known;
    const random = this.#streamOf(place);
    this.#places.set(place, random);
    return random;
  }

  #streamOf(place: string): Random {
    const agenda = this.#agenda;
    let placed = this.#seed >>> 0;
    for (let i = 0; i < place.length; i++) {
      placed = mixed(placed ^ place.charCodeAt(i));
    }
    let atMs = -1;
    let drawn = 0;
    return randomFrom(() => {
      const { nowMs } = agenda;
      if (nowMs !== atMs) {
        atMs = nowMs;
        drawn = mixed(mixed(placed ^ nowMs) ^ Math.floor(nowMs / 2 ** 32));
      }
      drawn = (drawn + 0x9e3779b9) | 0;
      return (mixed(drawn) >>> 0) / 2 ** 32;
    });
  }
}

/** The finalizer of MurmurHash3 (Austin Appleby, public domain): every bit of it depends on every bit of the number. */
function mixed(bits: number): number {
  let hash = bits | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
