/**
 * What stands behind a node that serves others: the master's store or a server
 * node's copy. The protocol over it is the same.
 *
 * @module
 */

import type { RowView } from "../../ports/rows.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import type { Want } from "../../protocol/want.ts";
import type { App } from "../../spec/app.ts";
import type { Paging } from "../page.ts";
import type { NewValue } from "../value_feed.ts";
import type { Peer, PeerWant, RowWant, Touched, ValueWant } from "./peer.ts";

/** Where peers get what they want. */
export interface Producer {
  /** The app. */
  readonly app: App;
  /** The identity of the history; "" while it is unknown, and no peer can be served. */
  readonly epoch: string;
  /** All rows up to this seq are here, of whatever is here whole. */
  readonly head: number;
  /** The root's time. */
  readonly timeMs: number;
  /** The rows after this event. */
  readonly rows: RowView;
  /** How much goes into one message. */
  readonly paging: Paging;
  /** Whether `head` is the root's own, or known to have been a moment ago. */
  readonly isLatest: boolean;
  /** Takes a want in; nothing for a path that is not known here. */
  take(peer: Peer, want: Want): PeerWant | null;
  /** Lets a want go. */
  release(want: PeerWant): void;
  /** Whether all rows of a want are here. */
  isWhole(want: RowWant): boolean;
  /** The rows touched since a peer was last told; `null` for too many to list. */
  touchedSince(peer: Peer): readonly Touched[] | null;
  /** A value that may have become another. */
  valueOf(want: ValueWant, touched: readonly Touched[] | null): NewValue;
  /** Writes of authors behind a peer. */
  push(peer: Peer, writes: readonly PushedWrite[]): void;
  /** A peer asks whether the root has more. */
  checkParent(): void;
}
