/**
 * A server node as the master knows it: what it wants, how far it has got, and
 * what is under way to it. One delivery is under way at a time; what changes
 * meanwhile merges by key, because a delivery is read from the rows when it is
 * made.
 *
 * @module
 */

import type { Verdict } from "../../protocol/live.ts";
import { cursorWithin, type Want } from "../../protocol/want.ts";
import type { ReadLog } from "../read_log.ts";
import type { ValueRows } from "../value_feed.ts";

/** A want of rows. */
export interface RowWant {
  /** What tells it from others. */
  readonly kind: "rows";
  /** What was asked for. */
  readonly want: Want;
  /** The next key of its catch-up; `null` when it is live. */
  next: string | null;
  /** Where its catch-up began. */
  since: number;
  /** Whether pages replace what is held. */
  replace: boolean;
}

/** A want of something the master computes. */
export interface ValueWant {
  /** What tells it from others. */
  readonly kind: "value";
  /** What was asked for. */
  readonly want: Want;
  /** What was sent last; `null` before the first. */
  last: ValueRows | null;
  /** What was read for it; `null` to run it anew. */
  log: ReadLog | null;
}

/** What the wants of a peer look like to the master. */
export type PeerWant = RowWant | ValueWant;

/** A server node. */
export interface Peer {
  /** Its name. */
  readonly name: string;
  /** Its link's number; what it wants is unknown while `wants` is `null`. */
  link: number;
  /** By id; `null` after the master slept. */
  wants: Map<number, PeerWant> | null;
  /** How many demands came since the hello. */
  demandVersion: number;
  /** The last number sent. */
  number: number;
  /** What is live at the peer is up to this seq. */
  seq: number;
  /** Answers not sent yet. */
  verdicts: Verdict[];
  /** The call under way, to be sent again should it fail. */
  inFlight: { readonly number: number; readonly bytes: Uint8Array } | null;
  /** Calls that failed in a row. */
  failures: number;
  /** When to try again; `null` when nothing failed. */
  retryAtMs: number | null;
}

/** A peer of which only the name and the link are known. */
export function sleepingPeer(name: string, link: number): Peer {
  return {
    name,
    link,
    wants: null,
    demandVersion: 0,
    number: 0,
    seq: 0,
    verdicts: [],
    inFlight: null,
    failures: 0,
    retryAtMs: null,
  };
}

/** Adds a want; rows of another history, or too old to go on from, are replaced. */
export function addWant(
  wants: Map<number, PeerWant>,
  want: Want,
  derived: boolean,
  epoch: string,
  nowMs: number,
): void {
  if (derived) {
    wants.set(want.id, { kind: "value", want, last: null, log: null });
    return;
  }
  const cursor = cursorWithin(want.cursor, epoch, nowMs);
  wants.set(want.id, {
    kind: "rows",
    want,
    next: want.range?.from ?? "",
    since: cursor?.seq ?? 0,
    replace: cursor === null,
  });
}
