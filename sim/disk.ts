/**
 * What outlives a node's memory: the rows that its store has taken. A device's
 * store says that it has taken something before it is sure to have it, can be
 * full, wiped, or put back to what it was.
 *
 * @module
 */

import { MemoryRows } from "../shared/ports/memory_rows.ts";
import type { RowWrite } from "../shared/ports/rows.ts";

/** So many transactions may be on their way to the disk. */
const RECENT_MAX = 4;

/** The rows of one node. */
export class Disk {
  #rows = new MemoryRows();
  readonly #recent: (readonly RowWrite[])[] = [];
  #isFull = false;

  /** Everything that is there. */
  read(): RowWrite[] {
    this.#settle(0);
    return this.#rows.snapshot();
  }

  /** Takes a transaction, unless it is full. */
  write(writes: readonly RowWrite[]): void {
    if (this.#isFull || writes.length === 0) return;
    this.#recent.push(writes);
    this.#settle(RECENT_MAX);
  }

  /** Takes nothing any more, until the node is started again. */
  fill(): void {
    this.#isFull = true;
  }

  /** There is room again. */
  clear(): void {
    this.#isFull = false;
  }

  /** Loses the last transactions, though it said that it had them. */
  tear(count: number): void {
    this.#recent.splice(Math.max(0, this.#recent.length - count));
  }

  /** Holds these rows and nothing else. */
  replace(rows: readonly RowWrite[]): void {
    this.#rows = new MemoryRows();
    this.#rows.write(rows);
    this.#recent.length = 0;
  }

  #settle(left: number): void {
    while (this.#recent.length > left) {
      this.#rows.write(this.#recent.shift()!);
    }
  }
}
