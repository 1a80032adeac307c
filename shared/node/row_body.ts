/**
 * The bytes of a row: what its CRDT type writes, and nothing behind it.
 *
 * @module
 */

import { readWhole } from "../codec/reader.ts";
import { bytesOf } from "../codec/writer.ts";
import type { CrdtContract } from "../crdt/contract.ts";

/** The bytes of a row. */
export function encodeRow<Row>(
  crdt: CrdtContract<unknown, unknown, Row>,
  row: Row,
): Uint8Array {
  return bytesOf((writer) => crdt.writeRow(writer, row));
}

/** The row of some bytes. Throws `DecodeError` for any others. */
export function decodeRow<Row>(
  crdt: CrdtContract<unknown, unknown, Row>,
  body: Uint8Array,
): Row {
  return readWhole(body, (reader) => crdt.readRow(reader));
}
