/**
 * What a client keeps in memory.
 *
 * @module
 */

import type { VersionedRows } from "../../crdt/versioned_rows.ts";
import type { HybridClock } from "../../crdt/hlc.ts";
import type { Fault } from "../../protocol/codes.ts";
import type { Cursor } from "../../protocol/want.ts";
import type { App } from "../../spec/app.ts";
import type { ReadLog } from "../read_log.ts";
import type { ValueRows } from "../value_feed.ts";
import type { Outbox } from "./outbox.ts";

/** What an app sees of the link upward. */
export type ConnectionState =
  | "connecting"
  | "connected"
  | "disconnected"
  | "needs-auth"
  | "refused"
  | "closed";

/** Something this client wants from its server node. */
export interface ClientWant {
  /** What the server node calls it; another one each time it begins anew. */
  id: number;
  /** The var. */
  readonly path: string;
  /** How far it has got; `null` is from nothing. */
  cursor: Cursor | null;
  /** Whether all of it was here once. */
  held: boolean;
  /** The next key of a catch-up; `null` when nothing is missing. */
  next: string | null;
}

/** A write that was refused, until the app has dealt with it. */
export interface Rejected {
  /** Whose write. */
  readonly actor: string;
  /** Which one. */
  readonly n: number;
  /** What the author sent. */
  readonly authored: Uint8Array;
  /** Why it was refused. */
  readonly fault: Fault;
}

/** The link upward. */
export interface ClientLink {
  /** Whether there is one, or one is being opened. */
  phase: "down" | "dialing" | "open";
  /** The number of the last hello. */
  number: number;
  /** Whether the hello was answered. */
  greeted: boolean;
  /** When it was, by the master's time. */
  syncedMs: number;
  /** The last live message applied. */
  received: number;
  /** Demands sent since the hello. */
  demandVersion: number;
  /** Attempts since the link last stood. */
  attempts: number;
  /** When to dial again. */
  dialAtMs: number | null;
  /** Writes that were sent on this link and not answered. */
  readonly pushed: Set<string>;
  /** When something last came. */
  heardMs: number;
  /** When it was last asked whether a frame was lost. */
  checkedMs: number;
  /** When the outstanding ping was sent. */
  pingedMs: number | null;
  /** Since when an answer to a hello or a demand is awaited. */
  askedMs: number | null;
  /** Since when verdicts are awaited and none came. */
  pushedMs: number | null;
  /** Since when each unanswered write of another tab was known on this link. */
  knownMs: ReadonlyMap<string, number>;
  /** When the first of them is awaited no longer. */
  heldMs: number | null;
}

/** A var of this zone that is computed here. */
export interface Computed {
  /** Its rows; `null` before the first value. */
  rows: ValueRows | null;
  /** What was read for it; `null` to run it anew. */
  log: ReadLog | null;
}

/** The client's memory. */
export interface ClientState {
  /** The app. */
  readonly app: App;
  /** The zone it is a member of. */
  readonly zone: string;
  /** Its node id. */
  readonly nodeId: string;
  /** Whom its writes are numbered by, and the next number. */
  author: { actor: string; nextN: number };
  /** How many writes it made to its zone's own vars. */
  lastOwn: number;
  /** The time of the event, for the clock. */
  readonly time: { nowMs: number };
  /** The clock of its writes. */
  readonly clock: HybridClock;
  /** The greatest stamp received or accepted. */
  received: number;
  /** The history that the base is of; "" before the first welcome. */
  epoch: string;
  /** The greatest seq received. */
  seen: number;
  /** Unanswered writes. */
  readonly outbox: Outbox;
  /** The id of the last want. */
  lastWant: number;
  /** What is wanted, by path. */
  readonly wants: Map<string, ClientWant>;
  /** Vars that somebody looks at. */
  readonly observed: Set<string>;
  /** Vars that are computed here. */
  readonly computed: Map<string, Computed>;
  /** Vars as the app sees them, made when asked for. */
  readonly tables: Map<string, VersionedRows<unknown>>;
  /** The link upward. */
  readonly link: ClientLink;
  /** What the app sees of it. */
  connection: ConnectionState;
  /** Why it is `needs-auth` or `refused`. */
  fault: Fault | null;
  /** The verified claims; `undefined` before the first welcome. */
  claims: unknown;
  /** The alarm that is set. */
  alarmAtMs: number | null;
}
