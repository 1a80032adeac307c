/**
 * A server node as its parent knows it: what it wants, how far it has got, and
 * what is under way to it. One delivery is under way at a time; what changes
 * meanwhile merges by key, because a delivery is read from the rows when it is
 * made.
 *
 * @module
 */

import type { KeyRange } from "../../ports/rows.ts";
import type { Verdict } from "../../protocol/live.ts";
import type { Consumer } from "../../protocol/want.ts";
import type { DerivedVar } from "../../spec/app.ts";
import type { ReadLog } from "../read_log.ts";
import type { ValueRows } from "../value_feed.ts";

/** The address of a row. */
export type Touched = readonly [path: string, key: string];

/** A want of rows. */
export interface RowWant {
  /** What tells it from others. */
  readonly kind: "rows";
  /** What the peer calls it. */
  readonly id: number;
  /** The source var. */
  readonly path: string;
  /** The part of it. */
  readonly range: KeyRange;
  /** Demands further up. */
  readonly holds: readonly string[];
  /** The next key of its catch-up; `null` when it is live. */
  next: string | null;
  /** Where its catch-up began. */
  since: number;
  /** Whether pages replace what is held. */
  replace: boolean;
}

/** A want of a derived value: it is computed here, or copied from further up. */
export interface ValueWant {
  /** What tells it from others. */
  readonly kind: "value";
  /** What the consumer calls it. */
  readonly id: number;
  /** The var's. */
  readonly path: string;
  /** The var. */
  readonly variable: DerivedVar;
  /** For whom it is computed. */
  readonly consumer: Consumer;
  /** Demands further up. */
  readonly holds: Set<string>;
  /** What was sent last; `null` before the first. */
  last: ValueRows | null;
  /** Whether it was said that there is no value. */
  isVoid: boolean;
  /** What was read for it; `null` to run it anew. */
  log: ReadLog | null;
}

/** What the wants of a peer look like to its parent. */
export type PeerWant = RowWant | ValueWant;

/** A server node. */
export interface Peer {
  /** Its name. */
  readonly name: string;
  /** Its link's number; what it wants is unknown while `wants` is `null`. */
  link: number;
  /** By id; `null` after the parent slept. */
  wants: Map<number, PeerWant> | null;
  /** Whether it is stored as one that wants something, and so is called after a sleep. */
  isAwaiting: boolean;
  /** How many demands came since the hello. */
  demandVersion: number;
  /** The last number sent. */
  number: number;
  /** What is live at the peer is up to this seq. */
  seq: number;
  /** What was touched since, at a parent without a ring that would tell. */
  readonly touched: Map<string, Touched>;
  /** Answers not sent yet. */
  verdicts: Verdict[];
  /** Whether it asked for the root's head and was not answered. */
  isChecking: boolean;
  /** The call under way, to be sent again should it fail, or not be answered. */
  inFlight: {
    readonly number: number;
    readonly bytes: Uint8Array;
    sentMs: number;
  } | null;
  /** Calls that failed in a row. */
  failures: number;
  /** When to try again; `null` when nothing failed. */
  retryAtMs: number | null;
}

/** A peer of which only the name and the link are known. */
export function sleepingPeer(
  name: string,
  link: number,
  isAwaiting = true,
): Peer {
  return {
    name,
    link,
    wants: null,
    isAwaiting,
    demandVersion: 0,
    number: 0,
    seq: 0,
    touched: new Map(),
    verdicts: [],
    isChecking: false,
    inFlight: null,
    failures: 0,
    retryAtMs: null,
  };
}

/**
 * When it is looked whether what is under way arrived: it may have been lost
 * with the memory of a node that only an alarm wakes. It is set once for all
 * that is sent meanwhile.
 */
export interface Watch {
  /** By the node's own clock; `null` for never. */
  atMs: number | null;
}
