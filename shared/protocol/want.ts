/**
 * What a consumer wants of its producer, and how far it has got in it.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import type { KeyRange } from "../ports/rows.ts";
import {
  HORIZON_MS,
  ID_LENGTH_MAX,
  KEY_BYTES_MAX,
  PATH_LENGTH_MAX,
} from "./limits.ts";

/** How far a consumer has got in a want: all rows up to `seq` of one history. */
export interface Cursor {
  /** The identity of the master's history. */
  readonly epoch: string;
  /** Every row of the want up to this seq is held. */
  readonly seq: number;
  /** When that was last known to be so, by the master's time. */
  readonly syncedMs: number;
  /** An interrupted catch-up: below `key` all rows up to `seq` are held. */
  readonly page: { readonly key: string; readonly seq: number } | null;
}

/**
 * The cursor, if a producer can go on from it: one of its own history, and not
 * so old that what went since may be forgotten.
 */
export function cursorWithin(
  cursor: Cursor | null,
  epoch: string,
  nowMs: number,
): Cursor | null {
  if (cursor?.epoch !== epoch) return null;
  const knownMs = Math.max(cursor.seq, cursor.syncedMs);
  return knownMs >= nowMs - HORIZON_MS ? cursor : null;
}

/** For whom a derived var is computed, when it is not for the link's own node. */
export interface Consumer {
  /** The consumer's node id. */
  readonly nodeId: string;
  /** Its verified claims. */
  readonly claims: unknown;
}

/** A range of a var (`null`: whatever the producer lets this consumer have). */
export interface Want {
  /** What the consumer calls it: never used for another want of this node. */
  readonly id: number;
  /** The var. */
  readonly path: string;
  /** The part of it; `null` on a client's link, where the producer decides. */
  readonly range: KeyRange | null;
  /** Whom a derived var is for, if not the node that asks. */
  readonly consumer: Consumer | null;
  /** Where to go on; `null` is from nothing. */
  readonly cursor: Cursor | null;
}

/** Writes a half-open key range. */
export function writeRange(writer: Writer, range: KeyRange): void {
  writer.string(range.from);
  writer.u8(range.to === null ? 0 : 1);
  if (range.to !== null) writer.string(range.to);
}

/** Reads what `writeRange` wrote. */
export function readRange(reader: Reader): KeyRange {
  const from = reader.string(KEY_BYTES_MAX + 8);
  return { from, to: reader.flag() ? reader.string(KEY_BYTES_MAX + 8) : null };
}

/** Writes a cursor. */
function writeCursor(writer: Writer, cursor: Cursor): void {
  writer.string(cursor.epoch);
  writer.uint(cursor.seq);
  writer.uint(cursor.syncedMs);
  writer.u8(cursor.page ? 1 : 0);
  if (cursor.page) {
    writer.string(cursor.page.key);
    writer.uint(cursor.page.seq);
  }
}

/** Reads what `writeCursor` wrote. */
function readCursor(reader: Reader): Cursor {
  const epoch = reader.string(64);
  const seq = reader.uint();
  const syncedMs = reader.uint();
  const page = reader.flag()
    ? { key: reader.string(KEY_BYTES_MAX + 8), seq: reader.uint() }
    : null;
  return { epoch, seq, syncedMs, page };
}

/** Writes a want. */
export function writeWant(writer: Writer, want: Want): void {
  writer.uint(want.id);
  writer.string(want.path);
  writer.u8(want.range ? 1 : 0);
  if (want.range) writeRange(writer, want.range);
  writer.u8(want.consumer ? 1 : 0);
  if (want.consumer) {
    writer.string(want.consumer.nodeId);
    writer.value(want.consumer.claims);
  }
  writer.u8(want.cursor ? 1 : 0);
  if (want.cursor) writeCursor(writer, want.cursor);
}

/** Reads what `writeWant` wrote. */
export function readWant(reader: Reader): Want {
  const id = reader.uint();
  const path = reader.string(PATH_LENGTH_MAX);
  const range = reader.flag() ? readRange(reader) : null;
  const consumer = reader.flag()
    ? { nodeId: reader.string(ID_LENGTH_MAX), claims: reader.value() }
    : null;
  const cursor = reader.flag() ? readCursor(reader) : null;
  return { id, path, range, consumer, cursor };
}
