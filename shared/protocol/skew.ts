/**
 * How far a clock may be ahead of the master's.
 *
 * @module
 */

import { HLC_TICKS_PER_MS } from "../crdt/hlc.ts";
import { SKEW_MS_MAX } from "./limits.ts";

/** Says whether a stamp is too far ahead of a time, in milliseconds since 1970. */
export function isAhead(stamp: number, nowMs: number): boolean {
  return stamp > (nowMs + SKEW_MS_MAX) * HLC_TICKS_PER_MS;
}
