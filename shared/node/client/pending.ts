/**
 * A write that its author made and the master has not answered. Its bytes never
 * change once it was sent.
 *
 * @module
 */

import { Reader } from "../../codec/reader.ts";
import { Writer } from "../../codec/writer.ts";
import { HLC_TICKS_PER_MS } from "../../crdt/hlc.ts";
import type { Authored } from "../../protocol/authored.ts";
import { WRITE_BYTES_MAX } from "../../protocol/limits.ts";
import type { App } from "../../spec/app.ts";
import {
  decodeAuthored,
  type EffectOnRow,
  encodeAuthored,
  readEffects,
} from "../read_effects.ts";
import { encodeRow } from "../row_body.ts";

/** Where unanswered writes are stored. */
export const OUTBOX_PATH = "#outbox";

/** An unanswered write. */
export interface Pending {
  /** Who numbers it. */
  readonly actor: string;
  /** Its number. */
  readonly n: number;
  /** What is sent. */
  readonly authored: Uint8Array;
  /** Its rows, for the view; none for an event. */
  readonly rows: readonly EffectOnRow[];
  /** Whether it may have been sent: from then on it is as it is. */
  readonly sent: boolean;
}

/** The key of a write in the outbox: in order per actor. */
export function pendingKey(actor: string, n: number): string {
  return `${actor}/${String(n).padStart(16, "0")}`;
}

/** A pending write of what an author made. */
export function makePending(
  app: App,
  actor: string,
  n: number,
  authored: Authored,
  sent: boolean,
): Pending {
  const rows = authored.kind === "effects"
    ? readEffects(app, authored.effects, actor)
    : [];
  return { actor, n, authored: encodeAuthored(authored), rows, sent };
}

/** The bytes of a pending write in the store. */
export function encodePending(pending: Pending): Uint8Array {
  const writer = new Writer();
  writer.string(pending.actor);
  writer.uint(pending.n);
  writer.u8(pending.sent ? 1 : 0);
  writer.bytes(pending.authored);
  return writer.finish();
}

/** Reads what `encodePending` wrote. Throws `FaultError` when the spec no longer fits. */
export function decodePending(app: App, body: Uint8Array): Pending {
  const reader = new Reader(body);
  const actor = reader.string(64);
  const n = reader.uint();
  const sent = reader.flag();
  const authored = decodeAuthored(reader.bytes(WRITE_BYTES_MAX));
  return makePending(app, actor, n, authored, sent);
}

/** The greatest stamp in a write; 0 when it carries none. */
export function latestStamp(pending: Pending): number {
  const stamps = pending.rows.map(({ variable, row }) =>
    variable.crdt.stampOf(row)?.timestamp ?? 0
  );
  return Math.max(0, ...stamps);
}

/** The same write under another number, its stamps moved by `deltaMs` and past `after`. */
export function renumber(
  app: App,
  pending: Pending,
  actor: string,
  n: number,
  deltaMs: number,
  after: number,
): Pending {
  let last = after;
  const authored = decodeAuthored(pending.authored);
  if (authored.kind === "event") {
    return makePending(app, actor, n, authored, false);
  }
  const effects = pending.rows.map(({ variable, key, row }) => {
    const { crdt, path } = variable;
    const stamp = crdt.stampOf(row);
    const moved = (stamp?.timestamp ?? 0) +
      Math.round(deltaMs) * HLC_TICKS_PER_MS;
    if (stamp) last = Math.max(last + 1, moved);
    const stamped = stamp
      ? crdt.restamp(row, { timestamp: last, nodeId: actor })
      : row;
    return {
      path,
      crdtType: crdt.name,
      rows: [{ key, body: encodeRow(crdt, stamped) }],
    };
  });
  return makePending(app, actor, n, { kind: "effects", effects }, false);
}
