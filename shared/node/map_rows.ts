/**
 * Rows that are in memory already, as something a CRDT is folded from.
 *
 * @module
 */

import type { AnyCrdt } from "../crdt/contract.ts";
import { VersionedRows } from "../crdt/versioned_rows.ts";
import { decodeRow } from "./row_body.ts";

/** The rows of a derived value. */
export function mapRows(
  crdt: AnyCrdt,
  bodies: ReadonlyMap<string, Uint8Array>,
): VersionedRows<unknown> {
  const rows = [...bodies].map(([key, body]) =>
    [key, decodeRow(crdt, body)] as const
  );
  return VersionedRows.of(
    new Map<string, unknown>(rows),
    (row) => crdt.isLive(row),
  );
}

const NOTHING: ReadonlyMap<string, Uint8Array> = new Map();

/** The rows of a derived var that has no value yet. */
export function noRows(crdt: AnyCrdt): VersionedRows<unknown> {
  return mapRows(crdt, NOTHING);
}
