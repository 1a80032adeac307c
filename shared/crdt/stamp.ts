import type { Clock, Stamp } from "./contract.ts";
import { crdtError } from "./crdt_error.ts";

/** What `init` is stamped with: before every write. */
export const BOTTOM: Stamp = { timestamp: 0, nodeId: "" };

/** Orders stamps by time, then by the writer's id. */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
  // Ids are ASCII, where the order of units is that of bytes.
  return a.nodeId < b.nodeId ? -1 : a.nodeId > b.nodeId ? 1 : 0;
}

/** Returns a timestamp of the clock that is also past one that was seen. */
export function timestampAfter(clock: Clock, seen: number): number {
  const timestamp = Math.max(clock.now(), seen + 1);
  if (Number.isSafeInteger(timestamp)) return timestamp;
  const wanted = "a time with room for another";
  throw crdtError("clock-exhausted", "timestamp", `${seen}`, wanted);
}
