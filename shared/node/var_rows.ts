/**
 * The rows of one var, read where they are: the stored ones over those of its
 * `init`. This is what a CRDT is folded from; nothing is read before it is asked
 * for.
 *
 * @module
 */

import type { AnyCrdt, RowSource } from "../crdt/contract.ts";
import { compareKeys } from "../codec/key_order.ts";
import { after, inRange } from "../ports/key_range.ts";
import type { KeyRange, RowView } from "../ports/rows.ts";
import { decodeRow } from "./row_body.ts";

const PAGE_ROWS = 512;

/** All keys. */
export const WHOLE: KeyRange = { from: "", to: null };

/** A var over a view. */
export class VarRows implements RowSource<unknown> {
  readonly #view: RowView;
  readonly #path: string;
  readonly #crdt: AnyCrdt;
  readonly #initRows: ReadonlyMap<string, unknown>;
  readonly #ranges: readonly KeyRange[];
  readonly #count: (() => number) | null;

  /**
   * Reads the rows at `path` within `ranges`, which are sorted and apart;
   * `count` is how many are live, where somebody keeps count.
   */
  constructor(
    view: RowView,
    path: string,
    crdt: AnyCrdt,
    initRows: ReadonlyMap<string, unknown>,
    ranges: readonly KeyRange[] = [WHOLE],
    count: (() => number) | null = null,
  ) {
    this.#view = view;
    this.#path = path;
    this.#crdt = crdt;
    this.#initRows = initRows;
    this.#ranges = ranges;
    this.#count = count;
  }

  /** The row at a key. */
  get(key: string): unknown {
    if (!this.#ranges.some((range) => inRange(range, key))) return undefined;
    const stored = this.#view.get(this.#path, key);
    return stored
      ? decodeRow(this.#crdt, stored.body)
      : this.#initRows.get(key);
  }

  /** All rows in key order. */
  *entries(): Generator<readonly [string, unknown]> {
    const inits = [...this.#initRows.keys()].sort(compareKeys);
    for (const range of this.#ranges) {
      const own = inits.filter((key) => inRange(range, key));
      for (const stored of this.#stored(range)) {
        while (own.length > 0 && compareKeys(own[0]!, stored.key) < 0) {
          const key = own.shift()!;
          yield [key, this.#initRows.get(key)];
        }
        if (own[0] === stored.key) own.shift();
        yield [stored.key, decodeRow(this.#crdt, stored.body)];
      }
      for (const key of own) yield [key, this.#initRows.get(key)];
    }
  }

  /** How many rows are live. */
  countLive(): number {
    if (this.#count) return this.#count();
    let live = 0;
    for (const [, row] of this.entries()) if (this.#crdt.isLive(row)) live++;
    return live;
  }

  *#stored(range: KeyRange) {
    let from = range.from;
    for (;;) {
      const rows = this.#view.range(
        this.#path,
        { from, to: range.to },
        PAGE_ROWS,
      );
      yield* rows;
      if (rows.length < PAGE_ROWS) return;
      from = after(rows.at(-1)!.key);
    }
  }
}
