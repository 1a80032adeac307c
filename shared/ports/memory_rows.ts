import { compareKeys } from "../codec/key_order.ts";
import type { KeyRange, RowView, RowWrite, StoredRow } from "./rows.ts";

const NO_ROWS: readonly StoredRow[] = [];

/** Below every seq, those of rows that no master ordered included. */
const SEQ_NONE = -1;

/**
 * Rows in memory: the store of the simulator, a client's RAM and a server
 * node's copy. Each path is one array in key order: a row that comes in between
 * moves those behind it, which is one copy of memory and fast for what fits
 * there. Bodies are held as they come, and must not change afterwards.
 */
export class MemoryRows implements RowView {
  readonly #paths = new Map<string, StoredRow[]>();

  /** Returns the row at a key. */
  get(path: string, key: string): StoredRow | undefined {
    const rows = this.#rowsOf(path);
    const row = rows[indexOf(rows, key)];
    return row?.key === key ? row : undefined;
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
    { from, to }: KeyRange,
    seq: number,
    limit: number = Infinity,
  ): StoredRow[] {
    const rows = this.#rowsOf(path);
    const end = to === null ? rows.length : indexOf(rows, to);
    const found: StoredRow[] = [];
    for (let i = indexOf(rows, from); i < end && found.length < limit; i++) {
      const row = rows[i]!;
      if (row.seq > seq) found.push(row);
    }
    return found;
  }

  /** Writes and deletes rows, in this order. */
  write(writes: readonly RowWrite[]): void {
    for (const { path, key, seq, body } of writes) {
      const rows = this.#paths.get(path) ?? [];
      const at = indexOf(rows, key);
      const held = rows[at]?.key === key ? 1 : 0;
      rows.splice(at, held, ...body === null ? [] : [{ key, seq, body }]);
      if (rows.length > 0) this.#paths.set(path, rows);
      else this.#paths.delete(path);
    }
  }

  /** Gives the paths that have rows. */
  paths(): Iterable<string> {
    return this.#paths.keys();
  }

  /** Returns how many rows a path has. */
  count(path: string): number {
    return this.#rowsOf(path).length;
  }

  /** Forgets the rows of a path, or all. */
  clear(path?: string): void {
    if (path === undefined) this.#paths.clear();
    else this.#paths.delete(path);
  }

  /** Returns the writes that make an empty store equal, in path and key order. */
  snapshot(): RowWrite[] {
    return [...this.#paths].sort(([a], [b]) => compareKeys(a, b))
      .flatMap(([path, rows]) => rows.map((row) => ({ path, ...row })));
  }

  #rowsOf(path: string): readonly StoredRow[] {
    return this.#paths.get(path) ?? NO_ROWS;
  }
}

/** The index of the first row that is not before a key. */
function indexOf(rows: readonly StoredRow[], key: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(rows[middle]!.key, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
