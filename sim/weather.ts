/**
 * What goes wrong all the time while it storms, as probabilities and bounds.
 *
 * @module
 */

/** How bad it is. */
export interface Weather {
  /** The longest way of a message, in milliseconds. */
  readonly delayMsMax: number;
  /** A call takes ten times as long, and so comes after later ones. */
  readonly reorder: number;
  /** A message comes twice. */
  readonly duplicate: number;
  /** A message is lost. */
  readonly drop: number;
  /** A node dies right after a step, before it has said anything, or in between. */
  readonly crashWithin: number;
  /** A device that dies loses what its store had taken last. */
  readonly tornWrite: number;
  /** A store refuses a write. */
  readonly failedWrite: number;
  /** How far a clock may be off when a device is first switched on. */
  readonly skewMsMax: number;
  /** The longest a device's store takes, in milliseconds. */
  readonly flushMsMax: number;
}

/** Nothing goes wrong. */
export const CALM: Weather = {
  delayMsMax: 20,
  reorder: 0,
  duplicate: 0,
  drop: 0,
  crashWithin: 0,
  tornWrite: 0,
  failedWrite: 0,
  skewMsMax: 0,
  flushMsMax: 5,
};
