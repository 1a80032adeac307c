import { compareKeys } from "../codec/key_order.ts";
import type { KeyRange, StoredRow } from "./rows.ts";

const ROWS_MAX = 512;
/** A chunk below it is joined to its neighbour, so that deleting frees memory. */
const ROWS_MIN = 64;

interface Chunk {
  readonly rows: StoredRow[];
  /** No row here has a greater seq; it may have fallen behind the truth. */
  seqMax: number;
}

function chunkOf(rows: StoredRow[]): Chunk {
  return { rows, seqMax: rows.reduce((max, row) => Math.max(max, row.seq), 0) };
}

/** Returns the least index from which on `isBehind` holds. */
function search(count: number, isBehind: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows in key order, in chunks: the leaves of a B+-tree whose root is an array. */
export class RowChunks {
  readonly #chunks: Chunk[] = [];

  /** Puts a row in the place of the one with its key, or in between. */
  set(row: StoredRow): void {
    const index = Math.min(this.#chunkAt(row.key), this.#chunks.length - 1);
    const chunk = this.#chunks[index];
    if (chunk === undefined) {
      this.#chunks.push(chunkOf([row]));
      return;
    }
    const at = rowAt(chunk, row.key);
    const replaces = chunk.rows[at]?.key === row.key ? 1 : 0;
    chunk.rows.splice(at, replaces, row);
    chunk.seqMax = Math.max(chunk.seqMax, row.seq);
    if (chunk.rows.length > ROWS_MAX) this.#split(index, at);
  }

  /** Takes out the row with a key, if there is one. */
  delete(key: string): void {
    const index = this.#chunkAt(key);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return;
    const at = rowAt(chunk, key);
    if (chunk.rows[at]?.key !== key) return;
    chunk.rows.splice(at, 1);
    if (chunk.rows.length < ROWS_MIN) this.#join(index);
  }

  /** Returns the rows of a range with a seq above one, at most `limit`. */
  select(range: KeyRange, seqAbove: number, limit: number): StoredRow[] {
    const found: StoredRow[] = [];
    let at: number | null = null;
    for (let i = this.#chunkAt(range.from); i < this.#chunks.length; i++) {
      const chunk = this.#chunks[i]!;
      at = at === null ? rowAt(chunk, range.from) : 0;
      const end = range.to === null ? Infinity : rowAt(chunk, range.to);
      const stop = Math.min(end, chunk.rows.length);
      for (; chunk.seqMax > seqAbove && at < stop; at++) {
        if (found.length >= limit) return found;
        const row = chunk.rows[at]!;
        if (row.seq > seqAbove) found.push(row);
      }
      if (end < chunk.rows.length) return found;
    }
    return found;
  }

  /** The index of the first chunk whose last row is not before a key. */
  #chunkAt(key: string): number {
    return search(this.#chunks.length, (index) => {
      const last = this.#chunks[index]!.rows.at(-1);
      return last !== undefined && compareKeys(last.key, key) >= 0;
    });
  }

  /** Halves a chunk, but leaves it full behind rows that come in key order. */
  #split(index: number, insertedAt: number): void {
    const chunk = this.#chunks[index]!;
    const isLast = insertedAt === chunk.rows.length - 1;
    const cut = isLast ? ROWS_MAX : chunk.rows.length >>> 1;
    const right = chunkOf(chunk.rows.slice(cut));
    const left = chunkOf(chunk.rows.slice(0, cut));
    this.#chunks.splice(index, 1, left, right);
  }

  #join(index: number): void {
    const first = index > 0 ? index - 1 : index;
    const pair = this.#chunks.slice(first, first + 2);
    const count = pair.reduce((sum, { rows }) => sum + rows.length, 0);
    if (this.#chunks[index]!.rows.length === 0) this.#chunks.splice(index, 1);
    else if (pair.length === 2 && count <= ROWS_MAX - ROWS_MIN) {
      const joined = chunkOf(pair.flatMap(({ rows }) => rows));
      this.#chunks.splice(first, 2, joined);
    }
  }
}

/** The index of the first row of a chunk that is not before a key. */
function rowAt(chunk: Chunk, key: string): number {
  const { rows } = chunk;
  return search(rows.length, (i) => compareKeys(rows[i]!.key, key) >= 0);
}
