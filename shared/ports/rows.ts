/**
 * Rows as nodes read and write them. A row is the unit of storage and travel:
 * `(path, key)` with a seq and a body. Every store offers the same view, and a
 * step never learns which one it reads.
 *
 * @module
 */

/** A row as a store holds it. */
export interface StoredRow {
  /** The key within its path. */
  readonly key: string;
  /** The commit that wrote it last; 0 where no master ordered it. */
  readonly seq: number;
  /** Its bytes, in the codec of whatever lives at the path. */
  readonly body: Uint8Array;
}

/** Keys from `from` (held) up to `to` (not held; `null` is no end), by UTF-8 bytes. */
export interface KeyRange {
  /** The first key in the range. */
  readonly from: string;
  /** The first key behind the range. */
  readonly to: string | null;
}

/** What a step may read. */
export interface RowView {
  /** The row at a key. */
  get(path: string, key: string): StoredRow | undefined;
  /** The rows of a range in key order, at most `limit` of them. */
  range(path: string, range: KeyRange, limit?: number): StoredRow[];
  /** The rows of a range written after `seq`, in key order, at most `limit`. */
  since(
    path: string,
    range: KeyRange,
    seq: number,
    limit?: number,
  ): StoredRow[];
}

/** What a step wants written; a `null` body deletes. */
export interface RowWrite {
  /** The path the row belongs to. */
  readonly path: string;
  /** Its key. */
  readonly key: string;
  /** Its seq. */
  readonly seq: number;
  /** Its bytes, or `null` to delete it. */
  readonly body: Uint8Array | null;
}
