/**
 * What tells one write of an author from another under the same number: all
 * that it says, but not when. A device corrects the stamps of what it has not
 * sent yet; should a copy of its store send the same write with other stamps,
 * it is the same write.
 *
 * @module
 */

import { DecodeError } from "../../codec/decode_error.ts";
import { hashHex } from "../../codec/hash.ts";
import { bytesOf } from "../../codec/writer.ts";
import { CrdtError } from "../../crdt/crdt_error.ts";
import { type WireEffect, writeAuthored } from "../../protocol/authored.ts";
import { FaultError } from "../../protocol/fault_error.ts";
import type { App } from "../../spec/app.ts";
import { decodeAuthored } from "../read_effects.ts";
import { decodeChange, encodeChange } from "../row_body.ts";

const NEVER = { timestamp: 0, nodeId: "" };

/** The identity of what an author sent: 16 hex digits. */
export function identityOf(app: App, authored: Uint8Array): string {
  try {
    const made = decodeAuthored(authored);
    return hashHex(bytesOf((writer) => {
      writeAuthored(
        writer,
        made.kind === "event"
          ? { ...made, stamp: 0 }
          : { ...made, stamp: 0, effects: made.effects.map(stampless) },
      );
    }));
  } catch (error) {
    const isMalformed = error instanceof FaultError ||
      error instanceof DecodeError || error instanceof CrdtError;
    if (!isMalformed) throw error;
    return hashHex(authored);
  }

  function stampless(effect: WireEffect): WireEffect {
    const crdt = app.vars.get(effect.path)?.crdt;
    if (!crdt) return effect;
    const rows = effect.rows.map(({ key, body }) => {
      const change: unknown = decodeChange(crdt, body, "");
      const bare = crdt.stampOf(change) ? crdt.restamp(change, NEVER) : change;
      return { key, body: encodeChange(crdt, bare, "") };
    });
    return { ...effect, rows };
  }
}
