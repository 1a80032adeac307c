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
  #added: string[];
  #hasGone = false;

  /** A table of these rows, which the caller gives up. */
  constructor(rows: Map<string, Row>) {
    this.rows = rows;
    this.#added = [...rows.keys()];
  }

  /** Puts a row at a key, or none; returns the one that stood there. */
  put(key: string, row: Row | undefined): Row | undefined {
    const before = this.rows.get(key);
    if (row === undefined) {
      this.rows.delete(key);
      this.#hasGone = true;
    } else {
      if (before === undefined) this.#added.push(key);
      this.rows.set(key, row);
    }
    this.index?.put(key, before, row);
    return before;
  }

  /** All keys in their order: an array that nobody changes. */
  keys(): readonly string[] {
    if (this.#hasGone) {
      const known = new Set([...this.#sorted, ...this.#added]);
      this.#sorted = [...known].filter((key) => this.rows.has(key))
        .sort(compareKeys);
    } else if (this.#added.length > 0) {
      this.#sorted = [...this.#sorted, ...this.#added].sort(compareKeys);
    }
    this.#added = [];
    this.#hasGone = false;
    return this.#sorted;
  }
}
