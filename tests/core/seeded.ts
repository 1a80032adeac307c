/** Chance that a seed repeats (mulberry32, Tommy Ettinger, public domain). */
export class Seeded {
  #state: number;

  /** Starts from a seed. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Returns an integer from 0 to `count` - 1. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * count);
  }

  /** Returns one of these. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Returns that many things that a function makes. */
  many<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }

  /** Returns these in another order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
    }
    return copy;
  }
}

/** Runs a body under the seeds from 1 on; a failure names the seed it had. */
export function forSeeds(
  count: number,
  body: (chance: Seeded) => void,
  first: number = 1,
): void {
  for (let seed = first; seed < first + count; seed++) {
    try {
      body(new Seeded(seed));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`With seed ${seed}: ${reason}`, { cause });
    }
  }
}
