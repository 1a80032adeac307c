/**
 * What every fault looks like: weather, that makes all messages and stores
 * worse; or strikes, each at some time and at somebody.
 *
 * @module
 */

import type { Strike } from "../history.ts";
import type { Random } from "../random.ts";
import type { Weather } from "../weather.ts";
import type { World } from "../world.ts";

/** Who can be struck, before there is a world. */
export interface Cast {
  /** The root zone's node. */
  readonly master: string;
  /** The nodes between; never none. */
  readonly servers: readonly string[];
  /** The clients; never none. */
  readonly clients: readonly string[];
  /** Server nodes and clients by the zones that a channel joins. */
  readonly pairs: readonly (readonly [above: string, below: string])[];
  /** Whether there is a next version of the app. */
  readonly hasNext: boolean;
}

/** What a fault draws of a strike. */
export type Drawn = Omit<Strike, "kind" | "atMs">;

/** A kind of fault. */
export interface Fault {
  /** What it is called, in histories and on the command line. */
  readonly name: string;
  /** What it does to the weather, if anything. */
  weather?(random: Random): Partial<Weather>;
  /** How often it strikes a run at most, if it does. */
  readonly most?: number;
  /** Whom it strikes; `null` when there is nobody for it. */
  draw?(random: Random, cast: Cast): Drawn | null;
  /** Whether it strikes one tab of a device, whichever, and not all. */
  readonly ofOneTab?: boolean;
  /** Strikes. */
  strike?(world: World, strike: Strike): void;
}
