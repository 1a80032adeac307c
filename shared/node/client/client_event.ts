/**
 * What happens to a client, and what comes of it.
 *
 * @module
 */

import type { RowWrite } from "../../ports/rows.ts";
import type { Fault } from "../../protocol/codes.ts";
import type { Outcome } from "../outcome.ts";
import type { Rejected } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/** What happens to a client. */
export type ClientEvent =
  /** It starts, over what its store holds; these actors' writes are its to send. */
  | { readonly type: "boot"; readonly actors: readonly string[] }
  /** Another tab ended: its writes are this client's to send. */
  | { readonly type: "adopt"; readonly actor: string }
  /** Other tabs have stored these rows; a `null` body is one that they removed. */
  | { readonly type: "others"; readonly rows: readonly RowWrite[] }
  /** Somebody looks at these vars from now on. */
  | { readonly type: "observe"; readonly paths: readonly string[] }
  /** The app writes. */
  | { readonly type: "write"; readonly run: (tx: Transaction) => void }
  /** The app dispatches an event to a computation. */
  | {
    readonly type: "dispatch";
    readonly path: string;
    readonly payload: unknown;
  }
  /** The app has dealt with a refused write; `again` makes a new one of it. */
  | {
    readonly type: "dealt";
    readonly rejected: Rejected;
    readonly again: boolean;
  }
  /** The link upward stands. */
  | { readonly type: "linked" }
  /** The link upward is gone, or could not be had. */
  | { readonly type: "unlinked"; readonly fault: Fault | null }
  /** A frame came down. */
  | { readonly type: "frame"; readonly bytes: Uint8Array }
  /** The other end lives. */
  | { readonly type: "pong" }
  /** The page is looked at again, or the network is back. */
  | { readonly type: "wake" }
  /** The time that was asked for has come. */
  | { readonly type: "alarm" }
  /** The app closes the client. */
  | { readonly type: "close" };

/** What came of a client's step. */
export interface ClientOutcome extends Outcome {
  /** Vars that became others. */
  readonly changed: ReadonlySet<string>;
  /** Whether connection, outbox or refused writes became others. */
  readonly statusChanged: boolean;
  /** The write that the event made; `null` for none. */
  readonly written: { readonly actor: string; readonly n: number } | null;
}
