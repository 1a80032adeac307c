/**
 * The bytes of a row: what its CRDT type writes, and nothing behind it.
 *
 * @module
 */

import { Reader } from "../codec/reader.ts";
import { Writer } from "../codec/writer.ts";
import type { CrdtContract } from "../crdt/contract.ts";

/** The bytes of a row. */
export function encodeRow<Row>(
  crdt: CrdtContract<unknown, unknown, Row>,
  row: Row,
): Uint8Array {
  const writer = new Writer();
  crdt.writeRow(writer, row);
  return writer.finish();
}

/** The row of some bytes. Throws `DecodeError` for any others. */
export function decodeRow<Row>(
  crdt: CrdtContract<unknown, unknown, Row>,
  body: Uint8Array,
): Row {
  const reader = new Reader(body);
  const row = crdt.readRow(reader);
  reader.expectEnd();
  return row;
}
