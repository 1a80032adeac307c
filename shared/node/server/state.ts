/**
 * What a server node keeps in memory. All of it can be lost at any moment: the
 * sockets' attachments and the parent give it back.
 *
 * @module
 */

import type { PushedWrite } from "../../protocol/push.ts";
import type { App } from "../../spec/app.ts";
import type { Session } from "./session.ts";
import type { Upstream } from "./upstream.ts";

/** A write on its way up. */
export interface Queued {
  /** The write. */
  readonly write: PushedWrite;
  /** The socket that waits for its verdict. */
  socket: string;
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
  /** By socket. */
  readonly sessions: Map<string, Session>;
  /** Writes that are not under way yet. */
  queue: Queued[];
  /** Writes under way to the parent, by `actor.n`. */
  inFlight: Map<string, PushedWrite>;
  /** The sockets that wait for verdicts on what is under way, by `actor.n`. */
  readonly routes: Map<string, string>;
  /** Whether a turn was asked for. */
  turnAsked: boolean;
  /** Calls to the parent that failed in a row. */
  failures: number;
  /** When to call the parent again. */
  retryAtMs: number | null;
  /** The last stamp given to an actor's events. */
  readonly lastStamps: Map<string, number>;
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
