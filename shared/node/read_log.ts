/**
 * What a computation read, so that it runs again only when that changes.
 *
 * @module
 */

import type { AnyCrdt, RowSource } from "../crdt/contract.ts";

/** The keys and whole vars that one evaluation read. */
export class ReadLog {
  readonly #keys = new Map<string, Set<string>>();
  readonly #whole = new Set<string>();
  #latest = 0;

  /** The log of somebody who read all of a var. */
  static ofWhole(path: string): ReadLog {
    const log = new ReadLog();
    log.#whole.add(path);
    return log;
  }

  /** The greatest stamp that was read. */
  get latest(): number {
    return this.#latest;
  }

  /** Says whether a change at a key may change what was computed. */
  covers(path: string, key: string): boolean {
    return this.#whole.has(path) || this.#keys.get(path)?.has(key) === true;
  }

  /** Rows that note down what is read of them. */
  watch(
    path: string,
    crdt: AnyCrdt,
    rows: RowSource<unknown>,
  ): RowSource<unknown> {
    return {
      get: (key) => {
        this.#noteKey(path, key);
        const row = rows.get(key);
        if (row !== undefined) this.#noteStamp(crdt, row);
        return row;
      },
      entries: () => {
        this.#whole.add(path);
        return this.#watchEntries(crdt, rows);
      },
      countLive: () => {
        this.#whole.add(path);
        return rows.countLive();
      },
    };
  }

  *#watchEntries(crdt: AnyCrdt, rows: RowSource<unknown>) {
    for (const entry of rows.entries()) {
      this.#noteStamp(crdt, entry[1]);
      yield entry;
    }
  }

  #noteKey(path: string, key: string): void {
    const keys = this.#keys.get(path);
    if (keys) keys.add(key);
    else this.#keys.set(path, new Set([key]));
  }

  #noteStamp(crdt: AnyCrdt, row: unknown): void {
    const stamp = crdt.stampOf(row);
    if (stamp && stamp.timestamp > this.#latest) this.#latest = stamp.timestamp;
  }
}
