/**
 * Rows as they must be after what was committed: slow and obvious. What carries
 * stamps is the write of the greatest one; what does not is the changes of all,
 * one after the other.
 *
 * @module
 */

import { compareBytes } from "../../shared/codec/byte_order.ts";
import type { EffectOnRow } from "../../shared/node/read_effects.ts";
import { decodeRow, encodeRow } from "../../shared/node/row_body.ts";

/** More unanswered writes of one row than this are not told apart. */
const DOUBTS_MAX = 10;

/** Where a row stands. */
export function placeOf({ variable: { path }, key }: EffectOnRow): string {
  return `${path}\n${key}`;
}

/** Rows, by path and key. */
export class ReplayRows {
  readonly #rows = new Map<string, Uint8Array>();

  /** The row at a place. */
  get(at: string): Uint8Array | undefined {
    return this.#rows.get(at);
  }

  /** The places of a var that hold something. */
  placesOf(path: string): string[] {
    return [...this.#rows.keys()].filter((at) => at.startsWith(`${path}\n`));
  }

  /** Takes a committed change in. */
  apply(effect: EffectOnRow): void {
    const at = placeOf(effect);
    const row = after(this.#rows.get(at), effect);
    if (row) this.#rows.set(at, row);
  }

  /** Whether a row is what stands at a place with some of these changes, in their order. */
  mayBe(
    found: Uint8Array,
    at: string,
    doubtful: readonly EffectOnRow[],
  ): boolean {
    const here = doubtful.filter((effect) => placeOf(effect) === at);
    if (here.length > DOUBTS_MAX) return true;
    for (let some = 0; some < 2 ** here.length; some++) {
      const row = here.filter((_, i) => (some >> i) & 1)
        .reduce(after, this.#rows.get(at));
      if (row && compareBytes(row, found) === 0) return true;
    }
    return false;
  }
}

function after(
  held: Uint8Array | undefined,
  { variable: { crdt, initRows }, key, change, dot }: EffectOnRow,
): Uint8Array | undefined {
  const before: unknown = held ? decodeRow(crdt, held) : initRows.get(key);
  const stamp = crdt.stampOf(change);
  if (!stamp) {
    const row: unknown = crdt.apply(before, change, dot);
    return row === undefined ? held : encodeRow(crdt, row);
  }
  const written = encodeRow(crdt, change);
  const other = before === undefined ? null : crdt.stampOf(before);
  if (!other) return written;
  const order = stamp.timestamp - other.timestamp ||
    (stamp.nodeId === other.nodeId
      ? 0
      : stamp.nodeId > other.nodeId
      ? 1
      : -1) ||
    (held ? compareBytes(written, held) : 1);
  return order > 0 ? written : held;
}
