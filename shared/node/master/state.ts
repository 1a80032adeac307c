/**
 * What the master keeps in memory: bounded by the ring and by what is wanted,
 * never by what the space holds. All of it can be lost at any moment.
 *
 * @module
 */

import type { App } from "../../spec/app.ts";
import type { ActorRecord } from "./actors.ts";
import type { Paging } from "../page.ts";
import type { Peer, Watch } from "../peers/peer.ts";
import type { Ring } from "./ring.ts";

/** The master's memory. */
export interface MasterState {
  /** The app. */
  readonly app: App;
  /** How much goes into one message. */
  readonly paging: Paging;
  /** The identity of this history. */
  epoch: string;
  /** The last commits. */
  ring: Ring;
  /** Authors whose last writes changed nothing and cost no row. */
  readonly unsaved: Map<string, ActorRecord>;
  /** The server nodes that want something. */
  readonly peers: Map<string, Peer>;
  /** When it is looked whether what is under way to them arrived. */
  readonly watch: Watch;
  /** The alarm that is set. */
  alarmAtMs: number | null;
}
