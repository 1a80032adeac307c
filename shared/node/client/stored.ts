/**
 * What a client stores beside its rows: cursors, claims and refused writes. It
 * is the client's own, and nobody else writes there, so its form is that of the
 * value; bytes that are no value are a `DecodeError`.
 *
 * @module
 */

import { decodeValue, encodeValue } from "../../codec/value.ts";
import type { Cursor } from "../../protocol/want.ts";
import type { RowView } from "../../ports/rows.ts";
import { WHOLE } from "../var_rows.ts";
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
export function encodeCursor(stored: StoredCursor): Uint8Array {
  return encodeValue(stored);
}

/** Reads what `encodeCursor` wrote. */
export function decodeCursor(body: Uint8Array): StoredCursor {
  return decodeValue(body) as StoredCursor;
}

/** The bytes of a refused write. */
export function encodeRejected(rejected: Rejected): Uint8Array {
  return encodeValue(rejected);
}

/** All refused writes, of whichever tab. */
export function rejectedIn(rows: RowView): Rejected[] {
  return rows.range(REJECTED_PATH, WHOLE)
    .map(({ body }) => decodeValue(body) as Rejected);
}

/** The last session. */
export interface StoredSession {
  /** Its verified claims. */
  readonly claims: unknown;
  /** The master's time less this device's. */
  readonly offsetMs: number;
}

/** The bytes of a session. */
export function encodeSession(session: StoredSession): Uint8Array {
  return encodeValue(session);
}

/** Reads what `encodeSession` wrote. */
export function decodeSession(body: Uint8Array): StoredSession {
  return decodeValue(body) as StoredSession;
}
