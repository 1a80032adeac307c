/**
 * Judging what a write is, without any state: structure, path, CRDT type,
 * writer and value. Server nodes do this early, the master does it always.
 *
 * @module
 */

import { DecodeError } from "../codec/decode_error.ts";
import { readWhole } from "../codec/reader.ts";
import { bytesOf } from "../codec/writer.ts";
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
import { decodeRow, encodeRow } from "./row_body.ts";

/** One row of a write that has the right form. */
export interface EffectOnRow {
  /** The var it is for. */
  readonly variable: SourceVar;
  /** Its key. */
  readonly key: string;
  /** The row, as its CRDT type has it. */
  readonly row: unknown;
}

/** The bytes of what an author made. */
export function encodeAuthored(authored: Authored): Uint8Array {
  return bytesOf((writer) => writeAuthored(writer, authored));
}

/** What an author made. Throws `FaultError` for any other bytes. */
export function decodeAuthored(bytes: Uint8Array): Authored {
  return malformed("write", () => readWhole(bytes, readAuthored));
}

/** The rows of some effects. Throws `FaultError` at the first thing that is wrong. */
export function readEffects(
  app: App,
  effects: readonly WireEffect[],
  actor: string,
): EffectOnRow[] {
  const bytes = bytesIn(effects);
  if (bytes > EFFECTS_BYTES_MAX) {
    const wanted = `at most ${EFFECTS_BYTES_MAX}`;
    refuse("too-large", "write", `${bytes} bytes`, wanted);
  }
  const found = effects.flatMap((effect) => readEffect(app, effect, actor));
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
): EffectOnRow[] {
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
    const row = malformed(effect.path, () => decodeRow(crdt, body));
    const fault = crdt.faultOf(key, row);
    if (fault) refuse("bad-value", effect.path, fault, `a row of ${crdt.name}`);
    const stamp = crdt.stampOf(row);
    if (stamp && stamp.nodeId !== actor) {
      refuse("forged-writer", effect.path, stamp.nodeId, actor);
    }
    checkRow(variable, row);
    return { variable, key, row };
  });
}

/** An effect as it travels. Throws `FaultError` where it does not fit its var. */
export function wireEffect(app: App, effect: Effect): WireEffect {
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
    const rows = [...crdt.rows(effect.msg)].map(([key, row]) => {
      checkRow(variable, row);
      const body = encodeRow(crdt, row);
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
