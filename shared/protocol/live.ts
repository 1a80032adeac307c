/**
 * What comes down: verdicts, rows and retractions of one moment, in one message
 * that is applied in one step, verdicts first.
 *
 * @module
 */

import { decodeError } from "../codec/decode_error.ts";
import type { Reader } from "../codec/reader.ts";
import {
  readRecords,
  type RecordLimits,
  writeRecords,
} from "../codec/records.ts";
import type { Writer } from "../codec/writer.ts";
import type { StoredRow } from "../ports/rows.ts";
import type { KeyRange } from "../ports/rows.ts";
import type { Fault } from "./codes.ts";
import { readFault, writeFault } from "./fault.ts";
import {
  ID_LENGTH_MAX,
  KEY_BYTES_MAX,
  MESSAGE_BYTES_MAX,
  ROW_BYTES_MAX,
} from "./limits.ts";
import { readBound, readRange, writeRange } from "./want.ts";

/** The master's answer to one write; `null` fault is accepted. */
export interface Verdict {
  /** Whose write. */
  readonly actor: string;
  /** Which one. */
  readonly n: number;
  /** The commit it became part of; 0 when it changed nothing. */
  readonly seq: number;
  /** Why it was refused. */
  readonly fault: Fault | null;
  /** For a gap: the last number that the master has. */
  readonly lastN: number;
}

/** Rows of one want. */
export interface Part {
  /** The id of the want. */
  readonly want: number;
  /** Rows that replace what is held at their keys. */
  readonly rows: readonly StoredRow[];
  /** Keys that are to be held no longer. */
  readonly gone: readonly string[];
  /** When set, `rows` is all there is in this interval: other keys go. */
  readonly replace: KeyRange | null;
  /** For a page of a catch-up: the next key to come; `null` when nothing is missing. */
  readonly next: string | null;
  /** At the end of a catch-up: the digest of the keys that should be held. */
  readonly digest: number | null;
}

/** A part without rows: how far a catch-up has come, or that a derived var has no value. */
export function emptyPart(want: number, next: string | null = null): Part {
  return { want, rows: [], gone: [], replace: null, next, digest: null };
}

/** One moment of a link. */
export interface Live {
  /** Which message this is. */
  readonly type: "live";
  /** The link it belongs to. */
  readonly link: number;
  /** 1, 2, 3 … per link. */
  readonly number: number;
  /** The seq the producer stands at, between nodes of the kit; 0 to clients. */
  readonly head: number;
  /** The history that the head is of; empty where that is 0. */
  readonly epoch: string;
  /** The master's time. */
  readonly timeMs: number;
  /** Answers to writes. */
  readonly verdicts: readonly Verdict[];
  /** Rows and retractions. */
  readonly parts: readonly Part[];
}

function writeVerdict(writer: Writer, verdict: Verdict): void {
  writer.string(verdict.actor);
  writer.uint(verdict.n);
  writer.uint(verdict.seq);
  writer.uint(verdict.lastN);
  writer.optional(verdict.fault, writeFault);
}

function readVerdict(reader: Reader): Verdict {
  return {
    actor: reader.string(ID_LENGTH_MAX),
    n: reader.uint(),
    seq: reader.uint(),
    lastN: reader.uint(),
    fault: reader.optional(readFault),
  };
}

function writePart(writer: Writer, part: Part): void {
  writer.uint(part.want);
  const next = part.next === null ? 0 : 2;
  const digest = part.digest === null ? 0 : 4;
  writer.u8((part.replace ? 1 : 0) | next | digest);
  if (part.replace) writeRange(writer, part.replace);
  if (part.next !== null) writer.string(part.next);
  if (part.digest !== null) writer.uint(part.digest);
  writeRecords(writer, part.rows, (w, row) => {
    w.string(row.key);
    w.uint(row.seq);
    w.raw(row.body);
  });
  writer.list(part.gone, (w, key) => w.string(key));
}

function readPart(reader: Reader, limits: RecordLimits): Part {
  const want = reader.uint();
  const at = reader.at;
  const flags = reader.u8();
  if (flags > 7) throw decodeError(at, `flags ${flags}`, "at most 7");
  const replace = flags & 1 ? readRange(reader) : null;
  const next = flags & 2 ? readBound(reader) : null;
  const digest = flags & 4 ? reader.uint() : null;
  const rows = readRecords(reader, limits, (r) => ({
    key: r.string(KEY_BYTES_MAX),
    seq: r.uint(),
    body: r.remaining(ROW_BYTES_MAX),
  }));
  const gone = reader.list(Infinity, (r) => r.string(KEY_BYTES_MAX));
  return { want, rows, gone, replace, next, digest };
}

/** Writes the fields of a live message. */
export function writeLive(writer: Writer, live: Live): void {
  writer.uint(live.link);
  writer.uint(live.number);
  writer.uint(live.head);
  if (live.head > 0) writer.string(live.epoch);
  writer.uint(live.timeMs);
  writer.list(live.verdicts, writeVerdict);
  writer.list(live.parts, writePart);
}

/** Reads what `writeLive` wrote. */
export function readLive(reader: Reader): Live {
  const [link, number] = [reader.uint(), reader.uint()];
  const head = reader.uint();
  const limits = { count: Infinity, bytes: MESSAGE_BYTES_MAX };
  return {
    type: "live",
    link,
    number,
    head,
    epoch: head > 0 ? reader.string(ID_LENGTH_MAX) : "",
    timeMs: reader.uint(),
    verdicts: reader.list(Infinity, readVerdict),
    parts: reader.list(Infinity, (from) => readPart(from, limits)),
  };
}
