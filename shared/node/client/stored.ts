/**
 * What a client stores beside its rows: cursors, claims and refused writes.
 *
 * @module
 */

import { Reader } from "../../codec/reader.ts";
import { Writer } from "../../codec/writer.ts";
import { readFault, writeFault } from "../../protocol/fault.ts";
import { PATH_LENGTH_MAX, WRITE_BYTES_MAX } from "../../protocol/limits.ts";
import { type Cursor, readCursor, writeCursor } from "../../protocol/want.ts";
import type { Rejected } from "./state.ts";

/** Where cursors are stored, by the path of what is wanted. */
export const CURSORS_PATH = "#cursors";
/** Where refused writes are stored. */
export const REJECTED_PATH = "#rejected";
/** Where the last session is stored. */
export const SESSION_PATH = "#session";
/** Its key there. */
export const SESSION_KEY = "last";

/** How far a want had got. */
export interface StoredCursor {
  /** The cursor; `null` when nothing can be gone on from. */
  readonly cursor: Cursor | null;
  /** Whether all of it was here once. */
  readonly held: boolean;
}

/** The bytes of a cursor. */
export function encodeCursor({ cursor, held }: StoredCursor): Uint8Array {
  const writer = new Writer();
  writer.u8(held ? 1 : 0);
  writer.u8(cursor ? 1 : 0);
  if (cursor) writeCursor(writer, cursor);
  return writer.finish();
}

/** Reads what `encodeCursor` wrote. */
export function decodeCursor(body: Uint8Array): StoredCursor {
  const reader = new Reader(body);
  const held = reader.flag();
  return { held, cursor: reader.flag() ? readCursor(reader) : null };
}

/** The bytes of a refused write. */
export function encodeRejected(rejected: Rejected): Uint8Array {
  const writer = new Writer();
  writer.string(rejected.actor);
  writer.uint(rejected.n);
  writer.bytes(rejected.authored);
  writeFault(writer, rejected.fault);
  return writer.finish();
}

/** Reads what `encodeRejected` wrote. */
export function decodeRejected(body: Uint8Array): Rejected {
  const reader = new Reader(body);
  return {
    actor: reader.string(PATH_LENGTH_MAX),
    n: reader.uint(),
    authored: reader.bytes(WRITE_BYTES_MAX),
    fault: readFault(reader),
  };
}

/** The last session. */
export interface StoredSession {
  /** Its verified claims. */
  readonly claims: unknown;
  /** The master's time less this device's. */
  readonly offsetMs: number;
}

/** The bytes of a session. */
export function encodeSession({ claims, offsetMs }: StoredSession): Uint8Array {
  const writer = new Writer();
  writer.value(claims);
  writer.int(Math.round(offsetMs));
  return writer.finish();
}

/** Reads what `encodeSession` wrote. */
export function decodeSession(body: Uint8Array): StoredSession {
  const reader = new Reader(body);
  return { claims: reader.value(), offsetMs: reader.int() };
}
