/**
 * Writes made by hand, byte by byte where it matters.
 *
 * @module
 */

import { Writer } from "../../shared/codec/writer.ts";
import { HLC_TICKS_PER_MS } from "../../shared/crdt/hlc.ts";
import { encodeAuthored } from "../../shared/node/read_effects.ts";
import type { WireEffect } from "../../shared/protocol/authored.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";

let lastStamp = 0;

/** A stamp of so many milliseconds from now; without any, greater than all before. */
export function stampAt(offsetMs = 0): number {
  const timestamp = (Date.now() + offsetMs) * HLC_TICKS_PER_MS;
  if (offsetMs !== 0) return timestamp;
  return lastStamp = Math.max(timestamp, lastStamp + 1);
}

/** The body of a last-writer-wins change. */
export function lwwBody(
  value: unknown,
  timestamp = stampAt(),
): Uint8Array {
  const writer = new Writer();
  writer.uint(timestamp);
  writer.value(value);
  return writer.finish();
}

/** An effect on some keys of a map. */
export function mapEffect(
  path: string,
  values: Readonly<Record<string, unknown>>,
): WireEffect {
  const rows = Object.entries(values)
    .map(([key, value]) => ({ key, body: lwwBody(value) }));
  return { path, crdtType: "LWWMap", rows };
}

/** A write of such bytes. */
export function writeOfBytes(
  actor: string,
  n: number,
  authored: Uint8Array,
): PushedWrite {
  return {
    actor,
    n,
    seenThrough: n - 1,
    authored,
    session: null,
    fault: null,
    effects: null,
  };
}

/** A write of effects, whose author has seen all answers before. */
export function writeOf(
  actor: string,
  n: number,
  ...effects: WireEffect[]
): PushedWrite {
  const authored = encodeAuthored({
    kind: "effects",
    stamp: stampAt(),
    effects,
  });
  return writeOfBytes(actor, n, authored);
}

/** A write of some of a user's notes. */
export function notesOf(
  actor: string,
  n: number,
  values: Readonly<Record<string, string | null>>,
): PushedWrite {
  return writeOf(actor, n, mapEffect("/db/notes", values));
}

/** An event, sent to the zone that computes it. */
export function eventOf(
  actor: string,
  n: number,
  path: string,
  payload: unknown,
): PushedWrite {
  const authored = encodeAuthored({
    kind: "event",
    stamp: stampAt(),
    path,
    payload,
  });
  return writeOfBytes(actor, n, authored);
}

/** Another actor each time. */
export function freshActor(): string {
  return crypto.randomUUID();
}
