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

/** A change, and the how manieth push it came in. */
export interface Replayed {
  /** The number of the push. */
  readonly order: number;
  /** The change. */
  readonly effect: EffectOnRow;
}

/** Rows, by path and key. */
export class ReplayRows {
  readonly #changes = new Map<string, Replayed[]>();

  /** Takes a committed change in. */
  add(replayed: Replayed): void {
    const at = placeOf(replayed);
    const changes = this.#changes.get(at);
    if (changes) changes.push(replayed);
    else this.#changes.set(at, [replayed]);
  }

  /** The places of a var that hold something. */
  placesOf(path: string): string[] {
    return [...this.#changes.keys()].filter((at) => at.startsWith(`${path}\n`));
  }

  /** The row at a place. */
  rowAt(at: string): Uint8Array | undefined {
    return rowOf(this.#changes.get(at) ?? []);
  }

  /** Whether a row is what stands at a place with some of these changes too. */
  mayBe(
    found: Uint8Array,
    at: string,
    doubtful: readonly Replayed[],
  ): boolean {
    const here = doubtful.filter((replayed) => placeOf(replayed) === at);
    if (here.length > DOUBTS_MAX) return true;
    const known = this.#changes.get(at) ?? [];
    for (let some = 0; some < 2 ** here.length; some++) {
      const row = rowOf([...known, ...here.filter((_, i) => (some >> i) & 1)]);
      if (row && compareBytes(row, found) === 0) return true;
    }
    return false;
  }
}

function placeOf({ effect: { variable: { path }, key } }: Replayed): string {
  return `${path}\n${key}`;
}

function rowOf(changes: readonly Replayed[]): Uint8Array | undefined {
  return changes.toSorted((a, b) => a.order - b.order)
    .reduce<Uint8Array | undefined>(
      (held, { effect }) => after(held, effect),
      undefined,
    );
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
