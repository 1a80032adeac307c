/**
 * Most of a year of a master, over any store: devices come and go, and what they
 * write is removed again.
 *
 * @module
 */

import { BenchMaster, type BenchRows } from "../core/bench_master.ts";

const START_MS = 1_800_000_000_000;
const STEP_MS = 4 * 60 * 60 * 1_000;
const DEVICES = 1_500;
const PATHS = ["/db/notes", "#actors", "#ring"];

/** How many rows there are at each path, and all keys in the end. */
export interface LongLife {
  /** After every 300 devices: notes, actors, ring. */
  readonly sizes: readonly (readonly number[])[];
  /** The notes in the end. */
  readonly keys: readonly string[];
}

/** Lives through it. */
export function liveLong(rows: BenchRows): LongLife {
  const master = new BenchMaster(rows, START_MS);
  const sizes: number[][] = [];
  for (let i = 1; i <= DEVICES; i++) {
    master.nowMs += STEP_MS;
    const key = `note ${String(i).padStart(4, "0")}`;
    for (const [n, value] of [[1, "x"], [2, null]] as const) {
      const stamp = master.stampAt(0) + n;
      const write = master.notes(`device ${i}`, n, { [key]: value }, stamp);
      const { fault } = master.push(write);
      if (fault) throw new Error(fault.code);
    }
    if (i % 300 === 0) {
      sizes.push(PATHS.map((path) => master.keys(path).length));
    }
  }
  return { sizes, keys: master.keys() };
}
