/**
 * Judging what a write is, without any state: structure, path, CRDT type,
 * writer and value. Server nodes do this early, the master does it always.
 *
 * @module
 */

import { DecodeError } from "../codec/decode_error.ts";
import { readWhole } from "../codec/reader.ts";
import { bytesOf } from "../codec/writer.ts";
import type { Dot } from "../crdt/contract.ts";
import { CrdtError } from "../crdt/crdt_error.ts";
import {
  type Authored,
  readAuthored,
  writeAuthored,
} from "../protocol/authored.ts";
import type { WireEffect } from "../protocol/authored.ts";
import { refuse } from "../protocol/fault_error.ts";
import {
  EFFECTS_BYTES_MAX,
  ROW_BYTES_MAX,
  WRITE_ROWS_MAX,
} from "../protocol/limits.ts";
import type { App, SourceVar } from "../spec/app.ts";
import type { Effect } from "../spec/app_spec.ts";
import { checkRow } from "./check_row.ts";
import { decodeChange, encodeChange } from "./row_body.ts";

/** What a write does to one row, in the right form. */
export interface EffectOnRow {
  /** The var it is for. */
  readonly variable: SourceVar;
  /** The row's key. */
  readonly key: string;
  /** The change, as the var's CRDT type has it. */
  readonly change: unknown;
  /** Which change of its author it is. */
  readonly dot: Dot;
}

/** The dot of a write's change, of which it is the one with this index. Throws `FaultError`. */
export function dotOf(actor: string, n: number, index: number): Dot {
  if (n <= NUMBER_MAX) return { actor, counter: n * WRITE_ROWS_MAX + index };
  return refuse("too-large", "write", `number ${n}`, `at most ${NUMBER_MAX}`);
}

/** The number of the write that a dot is of. */
export function numberOf({ counter }: Dot): number {
  return Math.floor(counter / WRITE_ROWS_MAX);
}

/** The last number that a dot of an earlier write can have. */
export function lastBefore(n: number): number {
  return n * WRITE_ROWS_MAX - 1;
}

/** What an author's changes can be counted for. */
const NUMBER_MAX = Math.floor(Number.MAX_SAFE_INTEGER / WRITE_ROWS_MAX) - 1;

/** The bytes of what an author made. */
export function encodeAuthored(authored: Authored): Uint8Array {
  return bytesOf((writer) => writeAuthored(writer, authored));
}

/** What an author made. Throws `FaultError` for any other bytes. */
export function decodeAuthored(bytes: Uint8Array): Authored {
  return malformed("write", () => readWhole(bytes, readAuthored));
}

/** What the effects of an author's write do. Throws `FaultError` at the first thing that is wrong. */
export function readEffects(
  app: App,
  effects: readonly WireEffect[],
  { actor, n }: { readonly actor: string; readonly n: number },
): EffectOnRow[] {
  const bytes = bytesIn(effects);
  if (bytes > EFFECTS_BYTES_MAX) {
    const wanted = `at most ${EFFECTS_BYTES_MAX}`;
    refuse("too-large", "write", `${bytes} bytes`, wanted);
  }
  const found = effects.flatMap((effect) => readEffect(app, effect, actor))
    .map((change, i) => ({ ...change, dot: dotOf(actor, n, i) }));
  if (found.length > WRITE_ROWS_MAX) {
    refuse(
      "too-large",
      "write",
      `${found.length} rows`,
      `at most ${WRITE_ROWS_MAX}`,
    );
  }
  return found;
}

/** How many bytes the rows of some effects have. */
export function bytesIn(effects: readonly WireEffect[]): number {
  let bytes = 0;
  for (const { rows } of effects) {
    for (const { body } of rows) bytes += body.length;
  }
  return bytes;
}

function readEffect(
  app: App,
  effect: WireEffect,
  actor: string,
): Omit<EffectOnRow, "dot">[] {
  const variable = app.vars.get(effect.path);
  if (variable?.kind !== "source" || variable.zone !== app.root) {
    return refuse(
      "unknown-path",
      effect.path,
      "no source var of the root zone",
      "one",
    );
  }
  const { crdt } = variable;
  if (effect.crdtType !== crdt.name) {
    refuse("wrong-type", effect.path, effect.crdtType, crdt.name);
  }
  return effect.rows.map(({ key, body }) => {
    const change: unknown = malformed(
      effect.path,
      () => decodeChange(crdt, body, actor),
    );
    const fault = crdt.faultOf(key, change);
    if (fault) refuse("bad-value", effect.path, fault, `a row of ${crdt.name}`);
    checkAuthor(variable, key, change, actor);
    checkRow(variable, change);
    return { variable, key, change };
  });
}

function checkAuthor(
  { path, crdt }: SourceVar,
  key: string,
  change: unknown,
  actor: string,
): void {
  const author = crdt.authorOf(key, change);
  if (author !== null && author !== actor) {
    refuse("forged-writer", path, author, actor);
  }
}

/** An actor's effect as it travels. Throws `FaultError` where it does not fit its var. */
export function wireEffect(
  app: App,
  effect: Effect,
  actor: string,
): WireEffect {
  const named = app.vars.get(effect.path);
  const variable = named?.kind === "replica" ? app.vars.get(named.of) : named;
  if (variable?.kind !== "source") {
    return refuse(
      "unknown-path",
      effect.path,
      "nothing that can be written",
      "a source var or a replica",
    );
  }
  const { crdt, path } = variable;
  try {
    const rows = [...crdt.rows(effect.msg)].map(([key, change]) => {
      checkAuthor(variable, key, change, actor);
      checkRow(variable, change);
      const body = encodeChange(crdt, change, actor);
      if (body.length > ROW_BYTES_MAX) {
        refuse(
          "too-large",
          path,
          `${body.length} bytes`,
          `at most ${ROW_BYTES_MAX}`,
        );
      }
      return { key, body };
    });
    return { path, crdtType: crdt.name, rows };
  } catch (error) {
    if (error instanceof CrdtError) {
      return refuse(
        "wrong-type",
        path,
        error.message,
        `a message of ${crdt.name}`,
      );
    }
    throw error;
  }
}

function malformed<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) {
      return refuse("malformed", path, error.message, "bytes of this protocol");
    }
    throw error;
  }
}
