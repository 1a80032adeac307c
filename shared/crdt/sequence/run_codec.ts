/**
 * The canonical bytes of a run, and what a run may be.
 *
 * @module
 */

import { decodeError } from "../../codec/decode_error.ts";
import type { Reader } from "../../codec/reader.ts";
import type { Writer } from "../../codec/writer.ts";
import { KEY_BYTES_MAX, keyFault } from "../key_fault.ts";
import { nodeIdFault } from "../node_id.ts";
import { countOf, isCodePoint } from "./elements.ts";
import { type Head, type Piece, type Run, RUN_MAX } from "./run.ts";

const [NO_HEAD, AT_START, BEFORE, BEHIND] = [0, 1, 2, 3];
const [GONE, TEXT, VALUES] = [0, 1, 2];

/** Writes the canonical bytes of a run. */
export function writeRun(writer: Writer, { head, pieces }: Run<unknown>): void {
  if (head === null) writer.uint(NO_HEAD);
  else if (head.parent === null) writer.uint(AT_START);
  else {
    writer.uint(head.side === "left" ? BEFORE : BEHIND);
    writer.string(head.parent.run);
    writer.uint(head.parent.at);
  }
  let end = 0;
  writer.list(pieces, (to, { from, count, elements }) => {
    to.uint(from - end);
    end = from + count;
    if (elements === null) {
      to.uint(GONE);
      to.uint(count);
    } else if (typeof elements === "string") {
      to.uint(TEXT);
      to.string(elements);
    } else {
      to.uint(VALUES);
      to.list(elements, (of, element) => of.value(element));
    }
  });
}

/** Reads what `writeRun` wrote. */
export function readRun(reader: Reader): Run<unknown> {
  const at = reader.at;
  const head = readHead(reader);
  const pieces: Piece<unknown>[] = [];
  let end = 0;
  reader.list(RUN_MAX, () => {
    const from = end + reader.uint();
    const piece = readPiece(reader, from);
    end = from + piece.count;
    pieces.push(piece);
  });
  const fault = piecesFault(pieces);
  if (fault !== null) throw decodeError(at, fault, "a run");
  return { head, pieces };
}

function readHead(reader: Reader): Head | null {
  const at = reader.at;
  const kind = reader.uint();
  if (kind === NO_HEAD) return null;
  if (kind === AT_START) return { parent: null, side: "right" };
  if (kind !== BEFORE && kind !== BEHIND) {
    throw decodeError(at, `a head of kind ${kind}`, "0 to 3");
  }
  const run = reader.string(KEY_BYTES_MAX);
  const parent = { run, at: reader.uint() };
  return { parent, side: kind === BEFORE ? "left" : "right" };
}

function readPiece(reader: Reader, from: number): Piece<unknown> {
  const at = reader.at;
  const kind = reader.uint();
  if (kind === GONE) return { from, count: reader.uint(), elements: null };
  if (kind !== TEXT && kind !== VALUES) {
    throw decodeError(at, `a piece of kind ${kind}`, "0 to 2");
  }
  const elements: unknown[] = [];
  if (kind === TEXT) {
    const text = reader.string();
    return { from, count: countOf(text), elements: text };
  }
  reader.list(RUN_MAX, () => elements.push(reader.value()));
  return { from, count: elements.length, elements };
}

/** Why a run may not stand at a key, or `null`. */
export function runFault(key: string, run: Run<unknown>): string | null {
  return runKeyFault(key) ?? headFault(run.head) ?? piecesFault(run.pieces);
}

function runKeyFault(key: string): string | null {
  const fault = keyFault(key);
  if (fault !== null) return fault;
  const dot = key.lastIndexOf(".");
  // A run is somebody's.
  const isNamed = dot > 0 && /^[0-9a-z]{1,12}$/.test(key.slice(dot + 1));
  return isNamed ? nodeIdFault(key.slice(0, dot)) : "no run's key";
}

function headFault(head: Head | null): string | null {
  if (head === null) return null;
  const { parent, side } = head;
  if (parent === null) return side === "right" ? null : "before the beginning";
  return runKeyFault(parent.run) ??
    (parent.at < RUN_MAX ? null : "hangs on what no run has");
}

/** Why these are no pieces of a run as it is written, or `null`. */
function piecesFault(pieces: readonly Piece<unknown>[]): string | null {
  if (pieces.length === 0) return "no piece";
  for (const [i, piece] of pieces.entries()) {
    const { from, count, elements } = piece;
    if (count === 0) return "a piece of nothing";
    if (from + count > RUN_MAX) return `more than ${RUN_MAX} elements`;
    if (typeof elements === "object" && elements?.some(isCodePoint)) {
      return "a code point outside of text";
    }
    const before = pieces[i - 1];
    if (before === undefined) continue;
    const end = before.from + before.count;
    if (from < end) return "pieces out of order";
    if (from === end && kindOf(before) === kindOf(piece)) {
      return "a piece in two";
    }
  }
  return null;
}

function kindOf({ elements }: Piece<unknown>): number {
  if (elements === null) return GONE;
  return typeof elements === "string" ? TEXT : VALUES;
}
