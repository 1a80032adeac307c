/**
 * Messages and rows as bytes, for those who carry them themselves: the kit's own
 * nodes write the same records into their frames.
 *
 * @module
 */

import type { BytePool } from "../codec/byte_pool.ts";
import { decodeError } from "../codec/decode_error.ts";
import { describe } from "../codec/describe.ts";
import { type Reader, readWhole } from "../codec/reader.ts";
import { readRecords, writeRecords } from "../codec/records.ts";
import { withWriter, type Writer } from "../codec/writer.ts";
import type { Clock, CrdtContract } from "./contract.ts";
import { CrdtError, crdtError } from "./crdt_error.ts";
import { givenItems } from "./given_items.ts";
import { KEY_BYTES_MAX } from "./key_fault.ts";
import { systemClock } from "./system_clock.ts";
import { VersionedRows } from "./versioned_rows.ts";

/** So many bytes rows may have in all, for each that they are sent in: many may be alike. */
const BYTES_PER_BYTE = 256;

/**
 * The bytes of a message, without its author's name: the reader knows it, and
 * takes no other's word. Throws `CrdtError` for what is none. Who sends many gives
 * a pool, where they share buffers.
 *
 * ```ts
 * import { LWWMap, lwwMap, messageFrom, messageToBytes } from "@zonekit/shared";
 *
 * const ann = LWWMap.startEmpty<string>("ann");
 * const { message } = ann.setValueForKey("milk", "2 l");
 * const bytes = messageToBytes(lwwMap, message!, "ann");
 * const ben = LWWMap.startEmpty<string>("ben")
 *   .apply(messageFrom(lwwMap, bytes, "ann"));
 * console.assert(ben.getValueForKey("milk") === "2 l");
 * ```
 */
export function messageToBytes<Message, Row, Change>(
  type: CrdtContract<unknown, Message, Row, Change>,
  message: Message,
  author: string,
  pool?: BytePool,
): Uint8Array {
  const changes: (readonly [key: string, change: Change])[] = [];
  for (const change of type.rows(message)) changes.push(change);
  return toBytes(changes, (writer, change) => {
    type.writeChange(writer, change, author);
  }, pool);
}

/** The message of an author's bytes. Throws `DecodeError` for any others. */
export function messageFrom<Message, Row, Change>(
  type: CrdtContract<unknown, Message, Row, Change>,
  bytes: Uint8Array,
  author: string,
): Message {
  const changes: [key: string, change: Change][] = [];
  readInto(type, bytes, (reader, key) => {
    const { at } = reader;
    const change = type.readChange(reader, author);
    const of = type.authorOf(key, change) ?? author;
    if (of === author) return change;
    throw decodeError(at, `what ${of} alone may write`, `${author}'s own`);
  }, (key, change) => changes.push([key, change]));
  try {
    return type.message(changes);
  } catch (error) {
    if (!(error instanceof CrdtError)) throw error;
    throw decodeError(0, error.found, error.wanted);
  }
}

/** The bytes of all that is known: the rows of a `state`, tombstones included. */
export function rowsToBytes<Row>(
  type: CrdtContract<unknown, unknown, Row>,
  rows: Iterable<readonly [key: string, row: Row]>,
): Uint8Array {
  const entries = [...givenItems(rows)];
  for (const [i, entry] of entries.entries()) {
    const isRow = Array.isArray(entry) && typeof entry[0] === "string" &&
      entry[1] !== undefined;
    if (isRow) continue;
    throw crdtError("bad-message", `[${i}]`, describe(entry), "[key, row]");
  }
  return toBytes(entries, (writer, row) => type.writeRow(writer, row));
}

/** The rows of such bytes, by key. Throws `DecodeError` for any others. */
export function rowsFrom<Row>(
  type: CrdtContract<unknown, unknown, Row>,
  bytes: Uint8Array,
): Map<string, Row> {
  const rows = new Map<string, Row>();
  readInto(
    type,
    bytes,
    (reader) => type.readRow(reader),
    (key, row) => rows.set(key, row),
  );
  return rows;
}

/**
 * A replica of what `rowsToBytes` gave. Throws `DecodeError` for any other bytes.
 *
 * ```ts
 * import { crdtFrom, LWWMap, lwwMap, rowsToBytes } from "@zonekit/shared";
 *
 * const { updatedCrdt: ann } = LWWMap.startEmpty<string>("ann")
 *   .setValueForKey("milk", "2 l");
 * const ben = crdtFrom(lwwMap, rowsToBytes(lwwMap, ann.state), "ben");
 * console.assert(ben.getValueForKey("milk") === "2 l");
 * ```
 */
export function crdtFrom<C, Row>(
  type: CrdtContract<C, unknown, Row>,
  bytes: Uint8Array,
  nodeId: string,
  clock: Clock = systemClock,
): C {
  const rows = VersionedRows.of(
    rowsFrom(type, bytes),
    (row) => type.isLive(row),
  );
  return type.fold(nodeId, clock, rows);
}

function toBytes<Item>(
  entries: readonly (readonly [key: string, item: Item])[],
  write: (writer: Writer, item: Item) => void,
  pool?: BytePool,
): Uint8Array {
  return withWriter((writer) => {
    writeRecords(writer, entries, (to, entry) => {
      to.string(entry[0]);
      write(to, entry[1]);
    });
    return pool?.copyOf(writer.buffer, writer.length) ?? writer.finish();
  });
}

/** Reads what `toBytes` wrote, and gives it to `take`. */
function readInto<Item>(
  type: CrdtContract<unknown, unknown, unknown, Item>,
  bytes: Uint8Array,
  read: (reader: Reader, key: string) => Item,
  take: (key: string, item: Item) => void,
): void {
  if (!ArrayBuffer.isView(bytes)) {
    throw decodeError(0, describe(bytes), "a Uint8Array");
  }
  const limits = { count: Infinity, bytes: BYTES_PER_BYTE * bytes.length };
  readWhole(bytes, (reader) =>
    readRecords(reader, limits, (from) => {
      const { at } = from;
      const key = from.string(KEY_BYTES_MAX);
      const item = read(from, key);
      const fault = type.faultOf(key, item);
      if (fault === null) return take(key, item);
      throw decodeError(at, `what may not stand at "${key}"`, fault);
    }));
}
