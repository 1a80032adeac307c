import { compareKeys } from "../codec/key_order.ts";
import type { RowSource } from "./contract.ts";

type Entry<Row> = readonly [key: string, row: Row];

const LAYER_ROWS_MIN = 16;

/** Rows that never change, with their key order found out when it is asked for. */
class FixedRows<Row> {
  readonly rows: ReadonlyMap<string, Row>;
  #sorted: readonly string[] | null = null;

  constructor(rows: ReadonlyMap<string, Row>) {
    this.rows = rows;
  }

  *entries(): Iterable<Entry<Row>> {
    this.#sorted ??= [...this.rows.keys()].sort(compareKeys);
    for (const key of this.#sorted) yield [key, this.rows.get(key)!];
  }
}

/** Merges two runs in key order; where both have a key, the upper row counts. */
function* overlay<Row>(
  lower: Iterable<Entry<Row>>,
  upper: Iterable<Entry<Row>>,
): Iterable<Entry<Row>> {
  const above = upper[Symbol.iterator]();
  let next = above.next();
  for (const entry of lower) {
    let order = 1;
    while (!next.done && (order = compareKeys(next.value[0], entry[0])) <= 0) {
      yield next.value;
      next = above.next();
      if (order === 0) break;
    }
    if (order !== 0) yield entry;
  }
  for (; !next.done; next = above.next()) yield next.value;
}

/**
 * An immutable table of rows over a source that is never copied. Old versions
 * share a base with new ones, and differ in a small layer; when the layer grows
 * past about the root of the base, both become the next base. So a write costs
 * about the root of the rows that were written, and none of those below.
 */
export class LayeredRows<Row> implements RowSource<Row> {
  readonly #below: RowSource<Row> | null;
  readonly #base: FixedRows<Row>;
  readonly #layer: FixedRows<Row>;
  readonly #isLive: (row: Row) => boolean;
  /** Live rows here, less those they hide below. */
  readonly #liveMore: number;

  private constructor(
    below: RowSource<Row> | null,
    base: FixedRows<Row>,
    layer: FixedRows<Row>,
    isLive: (row: Row) => boolean,
    liveMore: number,
  ) {
    this.#below = below;
    this.#base = base;
    this.#layer = layer;
    this.#isLive = isLive;
    this.#liveMore = liveMore;
  }

  /** A table of these rows, which the caller gives up. */
  static of<Row>(
    rows: ReadonlyMap<string, Row>,
    isLive: (row: Row) => boolean,
  ): LayeredRows<Row> {
    let live = 0;
    for (const row of rows.values()) if (isLive(row)) live++;
    const layer = new FixedRows<Row>(new Map());
    return new LayeredRows(null, new FixedRows(rows), layer, isLive, live);
  }

  /** A table that reads a source row by row, and no more of it than is asked. */
  static over<Row>(
    below: RowSource<Row>,
    isLive: (row: Row) => boolean,
  ): LayeredRows<Row> {
    const none = new FixedRows<Row>(new Map());
    return new LayeredRows(below, none, none, isLive, 0);
  }

  /** Returns the row at a key, tombstones included. */
  get(key: string): Row | undefined {
    return this.#layer.rows.get(key) ?? this.#base.rows.get(key) ??
      this.#below?.get(key);
  }

  /** Gives all rows in key order, tombstones included. */
  entries(): Iterable<readonly [key: string, row: Row]> {
    const own = overlay(this.#base.entries(), this.#layer.entries());
    return this.#below === null ? own : overlay(this.#below.entries(), own);
  }

  /** Returns how many rows are live. */
  countLive(): number {
    return (this.#below?.countLive() ?? 0) + this.#liveMore;
  }

  /** Returns a table in which these rows stand at their keys. */
  with(changes: ReadonlyMap<string, Row>): LayeredRows<Row> {
    let liveMore = this.#liveMore;
    for (const [key, row] of changes) {
      const held = this.get(key);
      if (held !== undefined && this.#isLive(held)) liveMore--;
      if (this.#isLive(row)) liveMore++;
    }
    const base = this.#base.rows;
    const layer = new Map([...this.#layer.rows, ...changes]);
    const full = layer.size > LAYER_ROWS_MIN + Math.sqrt(base.size);
    return new LayeredRows(
      this.#below,
      full ? new FixedRows(new Map([...base, ...layer])) : this.#base,
      new FixedRows(full ? new Map() : layer),
      this.#isLive,
      liveMore,
    );
  }
}
