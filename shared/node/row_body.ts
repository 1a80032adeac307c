/**
 * The bytes of rows and of changes: what their CRDT type writes, and nothing
 * behind it.
 *
 * @module
 */

import { readWhole } from "../codec/reader.ts";
import { bytesOf } from "../codec/writer.ts";
import type { AnyCrdt, CrdtContract } from "../crdt/contract.ts";

/** The bytes of a row. */
export function encodeRow<Row>(
  crdt: CrdtContract<unknown, unknown, Row>,
  row: Row,
): Uint8Array {
  return bytesOf((writer) => crdt.writeRow(writer, row));
}

/** The bytes of an author's change. */
export function encodeChange(
  crdt: Pick<AnyCrdt, "writeChange">,
  change: unknown,
  author: string,
): Uint8Array {
  return bytesOf((writer) => crdt.writeChange(writer, change, author));
}

/** The change of an author's bytes. Throws `DecodeError` for any others. */
export function decodeChange(
  crdt: Pick<AnyCrdt, "readChange">,
  body: Uint8Array,
  author: string,
): unknown {
  return readWhole(body, (reader) => crdt.readChange(reader, author));
}

/** The row of some bytes. Throws `DecodeError` for any others. */
export function decodeRow<Row>(
  crdt: CrdtContract<unknown, unknown, Row>,
  body: Uint8Array,
): Row {
  return readWhole(body, (reader) => crdt.readRow(reader));
}
