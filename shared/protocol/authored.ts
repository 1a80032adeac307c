/**
 * What an author makes: a write, or an event that a zone turns into one. Its
 * bytes are made once, kept in the outbox, sent and hashed as they are: what
 * was sent under `(actor, n)` never changes.
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
import {
  EFFECTS_BYTES_MAX,
  KEY_BYTES_MAX,
  PATH_LENGTH_MAX,
  ROW_BYTES_MAX,
  WRITE_ROWS_MAX,
} from "./limits.ts";

/** A row of an effect, in the bytes of its CRDT type. */
export interface EffectRow {
  /** The key within the var. */
  readonly key: string;
  /** The row's bytes. */
  readonly body: Uint8Array;
}

/** An effect as it travels: a message for the var at `path`, as rows. */
export interface WireEffect {
  /** The var. */
  readonly path: string;
  /** The CRDT type that the author took it for. */
  readonly crdtType: string;
  /** The rows of the message. */
  readonly rows: readonly EffectRow[];
}

/**
 * What an author sends under one number. `stamp` is the author's clock when it
 * was made: not every CRDT type carries one in its rows, and an event has none.
 */
export type Authored =
  | {
    readonly kind: "effects";
    readonly stamp: number;
    readonly effects: readonly WireEffect[];
  }
  | {
    readonly kind: "event";
    readonly stamp: number;
    readonly path: string;
    readonly payload: unknown;
  };

/** What may stand in the effects of a write; what its rows may have is judged later. */
export function effectsLimits(): RecordLimits {
  return {
    count: WRITE_ROWS_MAX,
    bytes: EFFECTS_BYTES_MAX + WRITE_ROWS_MAX * (KEY_BYTES_MAX + 16),
  };
}

function writeEffect(writer: Writer, effect: WireEffect): void {
  writer.string(effect.path);
  writer.string(effect.crdtType);
  writeRecords(writer, effect.rows, (w, row) => {
    w.string(row.key);
    w.raw(row.body);
  });
}

function readEffect(reader: Reader, limits: RecordLimits): WireEffect {
  return {
    path: reader.string(PATH_LENGTH_MAX),
    crdtType: reader.string(64),
    rows: readRecords(reader, limits, (r) => ({
      key: r.string(KEY_BYTES_MAX),
      body: r.remaining(ROW_BYTES_MAX),
    })),
  };
}

/** Writes a list of effects. */
export function writeEffects(
  writer: Writer,
  effects: readonly WireEffect[],
): void {
  writer.list(effects, writeEffect);
}

/** Reads what `writeEffects` wrote, all of it within the same limits. */
export function readEffects(
  reader: Reader,
  limits: RecordLimits = effectsLimits(),
): WireEffect[] {
  return reader.list(WRITE_ROWS_MAX, (from) => readEffect(from, limits));
}

/** Writes what an author made. */
export function writeAuthored(writer: Writer, authored: Authored): void {
  writer.u8(authored.kind === "event" ? 1 : 0);
  writer.uint(authored.stamp);
  if (authored.kind === "effects") writeEffects(writer, authored.effects);
  else {
    writer.string(authored.path);
    writer.value(authored.payload);
  }
}

/** Reads what `writeAuthored` wrote. */
export function readAuthored(reader: Reader): Authored {
  const isEvent = reader.flag();
  const stamp = reader.uint();
  return isEvent
    ? {
      kind: "event",
      stamp,
      path: reader.string(PATH_LENGTH_MAX),
      payload: reader.value(),
    }
    : { kind: "effects", stamp, effects: readEffects(reader) };
}
