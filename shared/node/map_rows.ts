/**
 * Rows that are in memory already, as something a CRDT is folded from.
 *
 * @module
 */

import type { AnyCrdt, RowSource } from "../crdt/contract.ts";
import { compareKeys } from "../codec/key_order.ts";
import { decodeRow } from "./row_body.ts";

/** The rows of a derived value. */
export function mapRows(
  crdt: AnyCrdt,
  bodies: ReadonlyMap<string, Uint8Array>,
): RowSource<unknown> {
  const rows = new Map(
    [...bodies].sort(([a], [b]) => compareKeys(a, b))
      .map(([key, body]) => [key, decodeRow(crdt, body)] as const),
  );
  return {
    get: (key) => rows.get(key),
    entries: () => rows,
    countLive: () =>
      [...rows.values()].filter((row) => crdt.isLive(row)).length,
  };
}

const NOTHING: ReadonlyMap<string, Uint8Array> = new Map();

/** The rows of a derived var that has no value yet. */
export function noRows(crdt: AnyCrdt): RowSource<unknown> {
  return mapRows(crdt, NOTHING);
}
