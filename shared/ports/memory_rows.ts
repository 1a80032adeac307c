import { compareKeys } from "../codec/key_order.ts";
import { RowChunks } from "./row_chunks.ts";
import { prefixRange } from "./key_range.ts";
import type { KeyRange, RowView, RowWrite, StoredRow } from "./rows.ts";

interface PathRows {
  readonly byKey: Map<string, StoredRow>;
  readonly inOrder: RowChunks;
}

/** Below every seq, those of rows that no master ordered included. */
const SEQ_NONE = -1;

/**
 * Rows in memory: the store of the simulator, a client's RAM and a server
 * node's copy. Bodies are held as they come, and must not change afterwards.
 */
export class MemoryRows implements RowView {
  readonly #paths = new Map<string, PathRows>();

  /** Returns the row at a key. */
  get(path: string, key: string): StoredRow | undefined {
    return this.#paths.get(path)?.byKey.get(key);
  }

  /** Returns the rows of a range in key order, at most `limit`. */
  range(
    path: string,
    range: KeyRange,
    limit: number = Infinity,
  ): StoredRow[] {
    return this.since(path, range, SEQ_NONE, limit);
  }

  /** Returns those of them whose seq is above `seq`. */
  since(
    path: string,
    range: KeyRange,
    seq: number,
    limit: number = Infinity,
  ): StoredRow[] {
    return this.#paths.get(path)?.inOrder.select(range, seq, limit) ?? [];
  }

  /** Writes and deletes rows, in this order. */
  write(writes: readonly RowWrite[]): void {
    for (const { path, key, seq, body } of writes) {
      if (body === null) this.#delete(path, key);
      else this.#set(path, { key, seq, body });
    }
  }

  /** Gives the paths that have rows. */
  paths(): Iterable<string> {
    return this.#paths.keys();
  }

  /** Returns how many rows a path has. */
  count(path: string): number {
    return this.#paths.get(path)?.byKey.size ?? 0;
  }

  /** Forgets the rows of a path, or all. */
  clear(path?: string): void {
    if (path === undefined) this.#paths.clear();
    else this.#paths.delete(path);
  }

  /** Returns the writes that make an empty store equal, in path and key order. */
  snapshot(): RowWrite[] {
    const all = prefixRange("");
    return [...this.#paths.keys()].sort(compareKeys).flatMap((path) =>
      this.range(path, all).map((row) => ({ path, ...row }))
    );
  }

  #set(path: string, row: StoredRow): void {
    let rows = this.#paths.get(path);
    if (rows === undefined) {
      rows = { byKey: new Map(), inOrder: new RowChunks() };
      this.#paths.set(path, rows);
    }
    rows.byKey.set(row.key, row);
    rows.inOrder.set(row);
  }

  #delete(path: string, key: string): void {
    const rows = this.#paths.get(path);
    if (rows === undefined || !rows.byKey.delete(key)) return;
    rows.inOrder.delete(key);
    if (rows.byKey.size === 0) this.#paths.delete(path);
  }
}
