/**
 * What is run: an app, who takes part, what they do, and what must hold.
 *
 * @module
 */

import type { App } from "../shared/spec/app.ts";
import type { Checker } from "./checker.ts";
import type { Client } from "./client.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** A device and its session. */
export interface Device {
  /** Its name. */
  readonly name: string;
  /** The zone it is a member of. */
  readonly zone: string;
  /** What its token says. */
  readonly claims: unknown;
}

/** A moment at which a client does something. */
export interface Moment {
  /** The running topology. */
  readonly world: World;
  /** Who does it. */
  readonly client: Client;
  /** What decides what it does. */
  readonly random: Random;
}

/** What is run. */
export interface Scenario {
  /** What it is called. */
  readonly name: string;
  /** The app. */
  readonly app: App;
  /** What a deploy brings. */
  readonly next?: App;
  /** How many nodes each server zone has. */
  readonly servers: number;
  /** Who takes part. */
  readonly clients: readonly Device[];
  /** One thing that a client does, chosen by chance. */
  readonly workload: (moment: Moment) => void;
  /** How many things are done in a storm. */
  readonly acts: number;
  /** After how many days at most it storms again, each time. */
  readonly pausesDays?: readonly number[];
  /** Promises of the app's own, checked beside the kit's. */
  readonly checkers?: readonly Checker[];
  /**
   * Which faults strike, by name; absent for all there are. One that is named
   * twice is drawn twice, and so strikes in more runs and more often.
   */
  readonly faults?: readonly string[];
}
