/**
 * What outlives a node's memory: the rows that its store has taken. A device's
 * store says that it has taken something before it is sure to have it, can be
 * full, wiped, or put back to what it was.
 *
 * @module
 */

import type { JoinBodies } from "../shared/node/client/private_rows.ts";
import { MemoryRows } from "../shared/ports/memory_rows.ts";
import type { KeyRange, RowWrite } from "../shared/ports/rows.ts";

/** So many transactions may be on their way to the disk. */
const RECENT_MAX = 4;

/** How a transaction is made of writes. */
export interface Taking {
  /** How rows of a path are joined with those that are there; `undefined` for not. */
  joinOf?(path: string): JoinBodies | undefined;
  /** Paths whose rows are deleted first; `null` for none. */
  readonly clears?: ((path: string) => boolean) | null;
}

/** The rows of one node, or of the tabs of one browser. */
export class Disk {
  #rows = new MemoryRows();
  /** What was there before each of the last transactions. */
  readonly #recent: RowWrite[][] = [];
  #isFull = false;

  /** Everything that is there, from now on for sure. */
  read(): RowWrite[] {
    this.#recent.length = 0;
    return this.#rows.snapshot();
  }

  /** What is there at the keys of a range. */
  look(path: string, range: KeyRange): RowWrite[] {
    return this.#rows.range(path, range).map((row) => ({ path, ...row }));
  }

  /** Takes a transaction, unless it is full; says whether it did. */
  write(
    writes: readonly RowWrite[],
    { joinOf, clears = null }: Taking = {},
  ): boolean {
    if (this.#isFull) return false;
    if (writes.length === 0 && !clears) return true;
    const before: RowWrite[] = [];
    const cleared = clears ? [...this.#rows.paths()].filter(clears) : [];
    for (const path of cleared) {
      for (const { key } of this.#rows.range(path, ALL)) {
        this.#put(before, { path, key, seq: 0, body: null });
      }
    }
    for (const write of writes) {
      const { path, key, body } = write;
      const join = body && joinOf?.(path);
      const held = join && this.#rows.get(path, key);
      this.#put(
        before,
        held ? { ...write, body: join!(held.body, body) } : write,
      );
    }
    this.#recent.push(before);
    if (this.#recent.length > RECENT_MAX) this.#recent.shift();
    return true;
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
    for (const before of this.#recent.splice(-count).reverse()) {
      this.#rows.write(before.reverse());
    }
  }

  /** Holds these rows and nothing else. */
  replace(rows: readonly RowWrite[]): void {
    this.#rows = new MemoryRows();
    this.#rows.write(rows);
    this.#recent.length = 0;
  }

  #put(before: RowWrite[], write: RowWrite): void {
    const { path, key } = write;
    const { seq, body } = this.#rows.get(path, key) ?? { seq: 0, body: null };
    before.push({ path, key, seq, body });
    this.#rows.write([write]);
  }
}

const ALL: KeyRange = { from: "", to: null };
