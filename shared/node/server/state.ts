/**
 * What a server node keeps in memory. All of it can be lost at any moment: the
 * sockets' attachments and the parent give it back.
 *
 * @module
 */

import type { PushedWrite } from "../../protocol/push.ts";
import type { App } from "../../spec/app.ts";
import type { Paging } from "../page.ts";
import type { Peer, Watch } from "../peers/peer.ts";
import type { Session } from "./session.ts";
import type { Upstream } from "./upstream.ts";

/** Who waits for a verdict: a client's socket, or a peer behind this node. */
export type Origin =
  | { readonly socket: string }
  | { readonly peer: string };

/** A write on its way up. */
export interface Queued {
  /** The write, as it was sent last. */
  write: PushedWrite;
  /** Who waits for its verdict. */
  origin: Origin;
  /** Demands that its computation waits for. */
  holds: string[];
}

/** The server node's memory. */
export interface ServerState {
  /** The app. */
  readonly app: App;
  /** The zone this node is a member of; "" where clients stand directly below the root. */
  readonly zone: string;
  /** This node's name. */
  readonly name: string;
  /** The parent's name. */
  readonly parent: string;
  /** The link to the parent. */
  readonly up: Upstream;
  /** How much goes into one message. */
  readonly paging: Paging;
  /** The server nodes behind this one, by name. */
  readonly peers: Map<string, Peer>;
  /** By socket. */
  readonly sessions: Map<string, Session>;
  /** Writes that are not under way yet. */
  queue: Queued[];
  /** Writes under way to the parent, by `actor.n`. */
  inFlight: Map<string, PushedWrite>;
  /** Who waits for verdicts on what is under way, by `actor.n`. */
  readonly routes: Map<string, Origin>;
  /** When the parent is asked about them, as all their authors have gone; `null` while one is there. */
  orphansAtMs: number | null;
  /** Whether a turn was asked for. */
  turnAsked: boolean;
  /** Calls to the parent that failed in a row. */
  failures: number;
  /** When to call the parent again. */
  retryAtMs: number | null;
  /** The last stamp given to an actor's events. */
  readonly lastStamps: Map<string, number>;
  /** When it is looked whether what is under way to them arrived. */
  readonly watch: Watch;
  /** The alarm that is set. */
  alarmAtMs: number | null;
}

/** The key of a write among those of all authors. */
export function writeKey(write: {
  readonly actor: string;
  readonly n: number;
}): string {
  return `${write.actor}.${write.n}`;
}
