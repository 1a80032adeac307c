/**
 * What a step is handed and what it gives back. A step awaits nothing and reads
 * no clock: its shell performs what it asks for, in this order: `writes` until
 * they are durable by the target's rule, then `after`. So no message can leave
 * before what it tells of is safe.
 *
 * @module
 */

import type { RowView, RowWrite } from "../ports/rows.ts";
import type { Fault } from "../protocol/codes.ts";

/** What a step may know of the world. */
export interface Surroundings {
  /** The node's rows, as they were when the event came. */
  readonly rows: RowView;
  /** The time of the event: whole milliseconds since 1970. */
  readonly nowMs: number;
  /** Chance: the next number in [0, 1). */
  random(): number;
}

/** What a shell does once the writes are durable, in order. */
export type Output =
  /** Sends a frame on a socket. */
  | { readonly type: "send"; readonly link: string; readonly bytes: Uint8Array }
  /** Closes a socket; the fault, if any, was sent before. */
  | {
    readonly type: "close";
    readonly link: string;
    readonly fault: Fault | null;
  }
  /** Keeps a session beside its socket, so that it survives hibernation. */
  | {
    readonly type: "attach";
    readonly link: string;
    readonly bytes: Uint8Array;
  }
  /** Calls a peer; what it answers comes back as a `peer` event, a failure as `peer-failed`. */
  | { readonly type: "call"; readonly to: string; readonly bytes: Uint8Array }
  /** Answers the peer whose call this event brought. */
  | { readonly type: "reply"; readonly bytes: Uint8Array }
  /** Brings a `turn` event when this turn is over: what came meanwhile is one batch. */
  | { readonly type: "turn" }
  /** Brings an `alarm` event at a time, in place of the one asked for before. */
  | { readonly type: "alarm"; readonly atMs: number | null }
  /** Opens the link upward: a credential, a socket. */
  | { readonly type: "dial" }
  /** Drops the link upward. */
  | { readonly type: "hang-up" }
  /** Asks the other end of the link upward whether it lives. */
  | { readonly type: "ping" }
  /** A write goes on under another number, or with other stamps under the same. */
  | {
    readonly type: "renumbered";
    readonly from: { readonly actor: string; readonly n: number };
    readonly to: { readonly actor: string; readonly n: number };
  }
  /** Tells an author that its write got so far. */
  | {
    readonly type: "settled";
    readonly actor: string;
    readonly n: number;
    readonly level: "client" | "db";
    readonly fault: Fault | null;
    /** The commit that it is part of; absent where there is none, for it changed nothing. */
    readonly seq?: number;
  };

/** What came of a step. */
export interface Outcome {
  /** Rows to write, all or none. */
  readonly writes: readonly RowWrite[];
  /** What to do when they are durable. */
  readonly after: readonly Output[];
}
