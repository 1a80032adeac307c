/**
 * A page of a catch-up: the rows of some ranges from a key on that the consumer
 * has not got, cut by count and bytes of what it may see.
 *
 * @module
 */

import { compareKeys } from "../codec/key_order.ts";
import { after, inRange } from "../ports/key_range.ts";
import type { KeyRange, RowView, StoredRow } from "../ports/rows.ts";
import { PAGE_BYTES_MAX, PAGE_ROWS_MAX } from "../protocol/limits.ts";

const READ_ROWS = 512;

/** How much goes into one page. */
export interface Paging {
  /** Rows. */
  readonly rows: number;
  /** Bytes of keys and bodies; the last row may pass them. */
  readonly bytes: number;
}

/** The pages of a node that is told nothing else. */
export const PAGING: Paging = { rows: PAGE_ROWS_MAX, bytes: PAGE_BYTES_MAX };

/** What a catch-up still has to bring. */
export interface Progress {
  /** The next key to come. */
  readonly next: string;
  /** Rows up to this seq are held already … */
  readonly since: number;
  /** … and below this key, up to that seq: an interrupted catch-up goes on here. */
  readonly resumed: { readonly key: string; readonly seq: number } | null;
}

/** A page, and where the next one begins. */
export interface Page {
  /** The rows. */
  readonly rows: StoredRow[];
  /** The next key; `null` when nothing is missing any more. */
  readonly next: string | null;
}

/** Cuts the next page. `ranges` are sorted and apart. */
export function takePage(
  view: RowView,
  path: string,
  ranges: readonly KeyRange[],
  progress: Progress,
  visible: (row: StoredRow) => boolean,
  paging: Paging,
): Page {
  const rows: StoredRow[] = [];
  let bytes = 0;
  for (const range of ranges) {
    if (range.to !== null && compareKeys(range.to, progress.next) <= 0) {
      continue;
    }
    for (const row of missing(view, path, range, progress)) {
      if (rows.length >= paging.rows || bytes >= paging.bytes) {
        return { rows, next: row.key };
      }
      if (!visible(row)) continue;
      rows.push(row);
      bytes += row.body.length + row.key.length + 8;
    }
  }
  return { rows, next: null };
}

function* missing(
  view: RowView,
  path: string,
  range: KeyRange,
  { next, since, resumed }: Progress,
): Generator<StoredRow> {
  const read = resumed ? Math.min(since, resumed.seq) : since;
  let from = inRange(range, next) ? next : range.from;
  for (;;) {
    const rows = view.since(path, { from, to: range.to }, read, READ_ROWS);
    for (const row of rows) {
      const below = resumed && compareKeys(row.key, resumed.key) < 0;
      const held = below ? resumed.seq : since;
      if (row.seq > held) yield row;
    }
    if (rows.length < READ_ROWS) return;
    from = after(rows.at(-1)!.key);
  }
}
