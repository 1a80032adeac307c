/**
 * A write that its author made and the master has not answered. Its bytes never
 * change once it was sent.
 *
 * @module
 */

import { decodeValue, encodeValue } from "../../codec/value.ts";
import { HLC_TICKS_PER_MS } from "../../crdt/hlc.ts";
import type { KeyRange } from "../../ports/rows.ts";
import type { Authored } from "../../protocol/authored.ts";
import type { App } from "../../spec/app.ts";
import {
  decodeAuthored,
  type EffectOnRow,
  encodeAuthored,
  readEffects,
} from "../read_effects.ts";
import { encodeChange } from "../row_body.ts";
import { type Renaming, unchanged } from "./renaming.ts";

/** Where unanswered writes are stored. */
export const OUTBOX_PATH = "#outbox";

/** An unanswered write. */
export interface Pending {
  /** Who numbers it. */
  readonly actor: string;
  /** Its number. */
  readonly n: number;
  /** Where it stands in the outbox. */
  readonly key: string;
  /** What is sent. */
  readonly authored: Uint8Array;
  /** What it does, for the view; nothing for an event. */
  readonly effects: readonly EffectOnRow[];
  /** The greatest stamp in it. */
  readonly stamp: number;
  /** Whether it may have been sent: from then on it is as it is. */
  readonly sent: boolean;
  /** The unanswered writes that its author had seen of others: of each the last. */
  readonly seen: Seen;
}

/** The numbers of writes, by actor. */
export type Seen = ReadonlyMap<string, number>;

const NONE: Seen = new Map();

/** The vars that a write changes after what its author had seen of them. */
export function causalPaths({ effects }: Pending): string[] {
  const paths = new Set<string>();
  for (const { variable: { crdt, path } } of effects) {
    if (crdt.delivery === "causal") paths.add(path);
  }
  return [...paths];
}

/** The key of a write in the outbox: in order per actor. */
export function pendingKey(actor: string, n: number): string {
  return `${actor}/${String(n).padStart(16, "0")}`;
}

/** Whose write stands at a key of the outbox. */
export function actorOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/"));
}

/** Where the writes of an actor stand in the outbox. */
export function writesOf(actor: string): KeyRange {
  return { from: `${actor}/`, to: `${actor}0` };
}

/** A pending write of what an author made. */
export function makePending(
  app: App,
  actor: string,
  n: number,
  authored: Authored,
  sent: boolean,
  seen: Seen = NONE,
): Pending {
  const effects = authored.kind === "effects"
    ? readEffects(app, authored.effects, { actor, n })
    : [];
  const stamps = effects.map(({ variable, change }) =>
    variable.crdt.stampOf(change)?.timestamp ?? 0
  );
  const stamp = Math.max(authored.stamp, ...stamps);
  return {
    actor,
    n,
    key: pendingKey(actor, n),
    authored: encodeAuthored(authored),
    effects,
    stamp,
    sent,
    seen,
  };
}

/** The bytes of a pending write in the store. */
export function encodePending(pending: Pending): Uint8Array {
  const { actor, n, sent, authored, seen } = pending;
  return encodeValue({ actor, n, sent, authored, seen: [...seen] });
}

/** Reads what `encodePending` wrote. Throws `FaultError` when the spec no longer fits. */
export function decodePending(app: App, body: Uint8Array): Pending {
  const { actor, n, sent, authored, seen } = readPending(body);
  return makePending(app, actor, n, decodeAuthored(authored), sent, seen);
}

/** What the author made, whether or not the spec still fits. */
export function authoredOf(body: Uint8Array): Uint8Array {
  return readPending(body).authored;
}

type StoredPending = Omit<Pending, "key" | "effects" | "stamp">;

function readPending(body: Uint8Array): StoredPending {
  const stored = decodeValue(body) as Omit<StoredPending, "seen"> & {
    readonly seen: readonly (readonly [actor: string, n: number])[];
  };
  return { ...stored, seen: new Map(stored.seen) };
}

/** How the stamps of a write that is numbered anew are moved. */
export interface Move {
  /** By how much its author's clock was wrong. */
  readonly deltaMs: number;
  /** They come behind this stamp … */
  readonly after: number;
  /** … and are none from the future: what was written was written before now. */
  readonly nowMs: number;
}

/** The same write under another number, its stamps moved in order; under another actor's, renamed. */
export function renumber(
  app: App,
  pending: Pending,
  actor: string,
  n: number,
  { deltaMs, after, nowMs }: Move,
  rename: Renaming = unchanged,
): Pending {
  let last = after;
  const delta = Math.round(deltaMs) * HLC_TICKS_PER_MS;
  const latest = Math.floor(nowMs) * HLC_TICKS_PER_MS;
  const moved = (timestamp: number) =>
    last = Math.max(last + 1, Math.min(latest, timestamp + delta));
  const effects = pending.effects.map((effect) => {
    const { crdt, path } = effect.variable;
    const rows = rename(effect).map(([key, change]) => {
      const stamp = crdt.stampOf(change);
      const timestamp = stamp ? moved(stamp.timestamp) : 0;
      const stamped: unknown = stamp
        ? crdt.restamp(change, { timestamp, nodeId: actor })
        : change;
      return { key, body: encodeChange(crdt, stamped, actor) };
    });
    return { path, crdtType: crdt.name, rows };
  });
  const authored = decodeAuthored(pending.authored);
  const stamp = moved(authored.stamp);
  const again = { ...authored, stamp, effects };
  return makePending(app, actor, n, again, false, pending.seen);
}
