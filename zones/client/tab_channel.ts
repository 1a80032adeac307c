/**
 * The port to the other tabs of a browser: what one has stored, it tells the
 * others, who then read it in the store. What is told is a hint and no more: one
 * that is lost, late or nonsense costs time, and changes nothing.
 *
 * @module
 */

import type { KeyRange } from "../../shared/ports/rows.ts";

/** What a tab tells: who it is, and of which rows it has stored some. */
export interface TabHint {
  /** The actor of its writes. */
  readonly actor: string;
  /** The path. */
  readonly path: string;
  /** Between which keys. */
  readonly range: KeyRange;
}

/** The way to the other tabs of one store. */
export interface TabChannel {
  /** Tells them. */
  tell(hint: TabHint): void;
  /** Neither tells nor hears any more. */
  close(): void;
}

/** Opens the channel of a tab, which hears the others through `on`. */
export type TabChannelMaker = (on: (hint: TabHint) => void) => TabChannel;
