/**
 * The port to the server: one link at a time, which is opened, used and dropped
 * when the step asks for it.
 *
 * @module
 */

import type { ClientEvent } from "../../shared/node/client/step.ts";

/** What happens to the link. */
export type LinkEvent = Extract<
  ClientEvent,
  { type: "linked" | "unlinked" | "frame" | "pong" }
>;

/** A client's way to its server. */
export interface Link {
  /** Opens the link; ends in `linked` or `unlinked`. */
  dial(): void;
  /** Sends a frame; without a link it is lost. */
  send(bytes: Uint8Array): void;
  /** Asks whether the other end lives; it answers with `pong`. */
  ping(): void;
  /** Drops the link, or the attempt at one: nothing more is heard of it. */
  hangUp(): void;
}

/** Makes the link of a client, which hears of it through `on`. */
export type LinkMaker = (on: (event: LinkEvent) => void) => Link;
