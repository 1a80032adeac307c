/**
 * What is to happen, in the order of virtual time; what is due at the same time
 * happens in the order in which it was put down.
 *
 * @module
 */

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  readonly isTimer: boolean;
}

/** A queue of events over virtual time: a binary heap. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #order = 0;
  #nowMs: number;
  #timers = 0;

  /** Begins at a time. */
  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  /** The virtual time. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** When the next thing happens; `null` for never. */
  get nextMs(): number | null {
    return this.#heap[0]?.atMs ?? null;
  }

  /** Whether something is to happen that does not only wait for its time. */
  get isBusy(): boolean {
    return this.#heap.length > this.#timers;
  }

  /** Puts something down for a time; what is past is due now. */
  at(atMs: number, run: () => void, isTimer = false): void {
    const entry = {
      atMs: Math.max(atMs, this.#nowMs),
      order: this.#order++,
      run,
      isTimer,
    };
    if (isTimer) this.#timers++;
    this.#heap.push(entry);
    this.#up(this.#heap.length - 1);
  }

  /** Lets the next thing happen; says whether there was one. */
  step(): boolean {
    const first = this.#heap[0];
    if (!first) return false;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down(0);
    }
    this.#nowMs = first.atMs;
    if (first.isTimer) this.#timers--;
    first.run();
    return true;
  }

  #before(a: number, b: number): boolean {
    const [left, right] = [this.#heap[a]!, this.#heap[b]!];
    return left.atMs < right.atMs ||
      left.atMs === right.atMs && left.order < right.order;
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }

  #up(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(start: number): void {
    let at = start;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && this.#before(child, least)) {
          least = child;
        }
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
