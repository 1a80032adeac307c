import { compareKeys } from "../codec/key_order.ts";

/** What is kept beside the rows of a table, and told of each that changes. */
export interface RowIndex<Row> {
  /** A row has come, gone (`undefined`) or taken another's place. */
  put(key: string, before: Row | undefined, after: Row | undefined): void;
}

/** Rows that change in place, with their key order found out when it is asked for. */
export class RowTable<Row> {
  /** The rows. */
  readonly rows: Map<string, Row>;
  /** What is kept beside them, if anybody asked for it. */
  index: RowIndex<Row> | null = null;
  #sorted: readonly string[] = [];
  #hasGone = false;

  /** A table of these rows, which the caller gives up. */
  constructor(rows: Map<string, Row>) {
    this.rows = rows;
  }

  /** Puts a row at a key, or none, in the place of the one that stands there. */
  put(key: string, row: Row | undefined, before: Row | undefined): void {
    if (row === undefined) {
      this.rows.delete(key);
      this.#hasGone = true;
    } else this.rows.set(key, row);
    this.index?.put(key, before, row);
  }

  /** The same; returns the one that stood there. */
  swap(key: string, row: Row | undefined): Row | undefined {
    const before = this.rows.get(key);
    this.put(key, row, before);
    return before;
  }

  /** All keys in their order: an array that nobody changes. */
  keys(): readonly string[] {
    if (this.#hasGone || this.#sorted.length < this.rows.size) {
      this.#sorted = this.#sortedAnew();
      this.#hasGone = false;
    }
    return this.#sorted;
  }

  /** Sorts what has come behind what is sorted: runs in order cost little. */
  #sortedAnew(): string[] {
    const { rows } = this;
    if (this.#hasGone) {
      const left = this.#sorted.filter((key) => rows.has(key));
      return [...new Set([...left, ...rows.keys()])].sort(compareKeys);
    }
    const added = [...rows.keys()].slice(this.#sorted.length);
    return [...this.#sorted, ...added].sort(compareKeys);
  }
}
