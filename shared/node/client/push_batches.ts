/**
 * Cutting writes into frames of a moderate size.
 *
 * @module
 */

import type { PushedWrite } from "../../protocol/push.ts";

const WRITES_MAX = 64;
const BYTES_MAX = 192 * 1024;

/** Batches in order, each of some writes and not too many bytes. */
export function batchesOf(writes: readonly PushedWrite[]): PushedWrite[][] {
  const batches: PushedWrite[][] = [];
  let bytes = Infinity;
  for (const write of writes) {
    const size = write.authored.length;
    const last = batches.at(-1);
    if (!last || last.length >= WRITES_MAX || bytes + size > BYTES_MAX) {
      batches.push([write]);
      bytes = size;
    } else {
      last.push(write);
      bytes += size;
    }
  }
  return batches;
}
