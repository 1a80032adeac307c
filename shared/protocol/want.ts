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
  writer.optional(range.to, (w, to) => w.string(to));
}

/** Reads what `writeRange` wrote. */
export function readRange(reader: Reader): KeyRange {
  const from = readBound(reader);
  return { from, to: reader.optional(readBound) };
}

/** Reads a key, or what stands just behind one. */
export function readBound(reader: Reader): string {
  return reader.string(KEY_BYTES_MAX + 8);
}

/** Writes a cursor. */
function writeCursor(writer: Writer, cursor: Cursor): void {
  writer.string(cursor.epoch);
  writer.uint(cursor.seq);
  writer.uint(cursor.syncedMs);
  writer.optional(cursor.page, (w, page) => {
    w.string(page.key);
    w.uint(page.seq);
  });
}

/** Reads what `writeCursor` wrote. */
function readCursor(reader: Reader): Cursor {
  const epoch = reader.string(64);
  const seq = reader.uint();
  const syncedMs = reader.uint();
  const page = reader.optional((r) => ({ key: readBound(r), seq: r.uint() }));
  return { epoch, seq, syncedMs, page };
}

/** Writes a consumer. */
export function writeConsumer(writer: Writer, consumer: Consumer): void {
  writer.string(consumer.nodeId);
  writer.value(consumer.claims);
}

/** Reads what `writeConsumer` wrote. */
export function readConsumer(reader: Reader): Consumer {
  return { nodeId: reader.string(ID_LENGTH_MAX), claims: reader.value() };
}

/** Writes a want. */
export function writeWant(writer: Writer, want: Want): void {
  writer.uint(want.id);
  writer.string(want.path);
  writer.optional(want.range, writeRange);
  writer.optional(want.consumer, writeConsumer);
  writer.optional(want.cursor, writeCursor);
}

/** Reads what `writeWant` wrote. */
export function readWant(reader: Reader): Want {
  const id = reader.uint();
  const path = reader.string(PATH_LENGTH_MAX);
  const range = reader.optional(readRange);
  const consumer = reader.optional(readConsumer);
  const cursor = reader.optional(readCursor);
  return { id, path, range, consumer, cursor };
}
