/**
 * What the master keeps in memory: bounded by the ring and by what is wanted,
 * never by what the space holds. All of it can be lost at any moment.
 *
 * @module
 */

import type { App } from "../../spec/app.ts";
import type { ActorRecord } from "./actors.ts";
import type { Peer } from "./peer.ts";
import type { Ring } from "./ring.ts";

/** The master's memory. */
export interface MasterState {
  /** The app. */
  readonly app: App;
  /** The identity of this history. */
  epoch: string;
  /** The last commits. */
  ring: Ring;
  /** Authors whose last writes changed nothing and cost no row. */
  readonly unsaved: Map<string, ActorRecord>;
  /** The server nodes that want something. */
  readonly peers: Map<string, Peer>;
  /** The alarm that is set. */
  alarmAtMs: number | null;
}
