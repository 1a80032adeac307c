/**
 * Writes on their way up.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import {
  readRecords,
  type RecordLimits,
  writeRecords,
} from "../codec/records.ts";
import type { Writer } from "../codec/writer.ts";
import { readEffects, type WireEffect, writeEffects } from "./authored.ts";
import type { Fault } from "./codes.ts";
import { readFault, writeFault } from "./fault.ts";
import { ID_LENGTH_MAX, PUSH_WRITES_MAX, WRITE_ROWS_MAX } from "./limits.ts";
import { type Consumer, readConsumer, writeConsumer } from "./want.ts";

/** One write on its way to the master. */
export interface PushedWrite {
  /** Who numbers it. */
  readonly actor: string;
  /** Its number: 1, 2, 3 … per actor. */
  readonly n: number;
  /** The author has the verdicts of all its writes up to this number. */
  readonly seenThrough: number;
  /** What the author sent, byte for byte; hashed by the master. */
  readonly authored: Uint8Array;
  /** Whose session it came through; `null` on the client's own link. */
  readonly session: Consumer | null;
  /** What a server node found wrong with it; the master answers with it. */
  readonly fault: Fault | null;
  /** What a server node's computation made of an event. */
  readonly effects: readonly WireEffect[] | null;
}

/** A batch of writes, in order per actor. */
export interface Push {
  /** Which message this is. */
  readonly type: "push";
  /** The link it belongs to. */
  readonly link: number;
  /** The batch. */
  readonly writes: readonly PushedWrite[];
}

/** What a batch may have in all, and what is computed for it. */
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

function writeOne(writer: Writer, write: PushedWrite): void {
  writer.string(write.actor);
  writer.uint(write.n);
  writer.uint(write.seenThrough);
  writer.bytes(write.authored);
  writer.optional(write.session, writeConsumer);
  writer.optional(write.fault, writeFault);
  writer.optional(write.effects, writeEffects);
}

function readOne(reader: Reader, computed: RecordLimits): PushedWrite {
  return {
    actor: reader.string(ID_LENGTH_MAX),
    n: reader.uint(),
    seenThrough: reader.uint(),
    authored: reader.bytes(),
    session: reader.optional(readConsumer),
    fault: reader.optional(readFault),
    effects: reader.optional((from) => readEffects(from, computed)),
  };
}

/** Writes the fields of a push. */
export function writePush(writer: Writer, push: Push): void {
  writer.uint(push.link);
  writeRecords(writer, push.writes, writeOne);
}

/** Reads what `writePush` wrote. */
export function readPush(reader: Reader): Push {
  const batch = { count: PUSH_WRITES_MAX, bytes: BATCH_BYTES_MAX };
  const computed = { count: WRITE_ROWS_MAX, bytes: BATCH_BYTES_MAX };
  return {
    type: "push",
    link: reader.uint(),
    writes: readRecords(reader, batch, (from) => readOne(from, computed)),
  };
}
