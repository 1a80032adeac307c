/**
 * Counting what a node reads of its store.
 *
 * @module
 */

import type { MemoryRows } from "../../shared/ports/memory_rows.ts";

/** What was read since the counting began. */
export interface RowsRead {
  /** Rows that a call gave, by path; a row that is read twice counts twice. */
  readonly byPath: ReadonlyMap<string, number>;
}

/** Counts the rows that `rows` gives from now on. */
export function countReads(rows: MemoryRows): RowsRead {
  const byPath = new Map<string, number>();
  const count = (path: string, read: number) =>
    byPath.set(path, (byPath.get(path) ?? 0) + read);
  const { get, range, since } = rows;
  rows.get = (path, key) => {
    const row = get.call(rows, path, key);
    count(path, row ? 1 : 0);
    return row;
  };
  rows.range = (path, ...rest) => {
    const found = range.call(rows, path, ...rest);
    count(path, found.length);
    return found;
  };
  rows.since = (path, ...rest) => {
    const found = since.call(rows, path, ...rest);
    count(path, found.length);
    return found;
  };
  return { byPath };
}
