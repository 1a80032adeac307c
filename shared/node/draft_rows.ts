/**
 * Rows as a step sees them while it runs: what is stored, under what the step
 * has written so far. Dropping a draft undoes it.
 *
 * @module
 */

import { compareKeys } from "../codec/key_order.ts";
import { inRange } from "../ports/key_range.ts";
import type { KeyRange, RowView, RowWrite, StoredRow } from "../ports/rows.ts";

/** Below every seq, those of rows that no master ordered included. */
const SEQ_NONE = -1;

/** A view with changes laid over it. */
export class DraftRows implements RowView {
  readonly #below: RowView;
  readonly #changes = new Map<string, Map<string, RowWrite>>();

  /** Lays an empty draft over a view. */
  constructor(below: RowView) {
    this.#below = below;
  }

  /** Writes a row. */
  put(path: string, key: string, seq: number, body: Uint8Array): void {
    this.#change({ path, key, seq, body });
  }

  /** Removes a row. */
  remove(path: string, key: string): void {
    this.#change({ path, key, seq: 0, body: null });
  }

  /** All changes, one a row, in the order in which the rows were first touched. */
  writes(): RowWrite[] {
    return [...this.#changes.values()].flatMap((byKey) => [...byKey.values()]);
  }

  /** Does to this draft what another one holds. */
  absorb(other: DraftRows): void {
    for (const write of other.writes()) this.#change(write);
  }

  /** The row at a key. */
  get(path: string, key: string): StoredRow | undefined {
    const change = this.#changes.get(path)?.get(key);
    return change ? rowOf(change) : this.#below.get(path, key);
  }

  /** The rows of a range, in key order. */
  range(path: string, range: KeyRange, limit = Infinity): StoredRow[] {
    return this.since(path, range, SEQ_NONE, limit);
  }

  /** The rows of a range written after `seq`, in key order. */
  since(
    path: string,
    range: KeyRange,
    seq: number,
    limit = Infinity,
  ): StoredRow[] {
    const changed = [...this.#changes.get(path)?.values() ?? []]
      .filter((write) => inRange(range, write.key));
    if (changed.length === 0) {
      return this.#below.since(path, range, seq, limit);
    }
    const keys = new Set(changed.map((write) => write.key));
    const most = limit + changed.length;
    const rows = this.#below.since(path, range, seq, most)
      .filter((row) => !keys.has(row.key));
    for (const write of changed) {
      const row = rowOf(write);
      if (row && row.seq > seq) rows.push(row);
    }
    rows.sort((a, b) => compareKeys(a.key, b.key));
    return rows.slice(0, limit);
  }

  #change(write: RowWrite): void {
    const byKey = this.#changes.get(write.path);
    if (byKey) byKey.set(write.key, write);
    else this.#changes.set(write.path, new Map([[write.key, write]]));
  }
}

function rowOf(write: RowWrite): StoredRow | undefined {
  return write.body === null
    ? undefined
    : { key: write.key, seq: write.seq, body: write.body };
}
