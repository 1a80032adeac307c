/**
 * The full state of a map whose keys were written by chance over a day: what
 * stamps cost that do not follow one another.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import { lwwMap } from "../../shared/crdt/lww_map.ts";
import { rowsToBytes } from "../../shared/crdt/message_bytes.ts";
import { bytesOf, type Delta, WRITER } from "./contestant.ts";
import type { Task } from "./task.ts";

const DAY_MS = 86_400_000;
const BEGAN_MS = 1_800_000_000_000;
const TICKS = 2_048;

type Row = { timestamp: number; nodeId: string; value: unknown };

/** Something that stores rows. */
export interface DayContestant {
  /** The rows, as they would be stored. */
  save(rows: ReadonlyMap<string, Row>): Delta;
}

/** Those that have stamps of time. */
export const DAYS: Readonly<Record<string, () => Promise<DayContestant>>> = {
  floor: () =>
    Promise.resolve({
      save: (rows) =>
        JSON.stringify(
          [...rows].map(([key, { timestamp: ts, nodeId: node, value }]) => [
            key,
            { value, ts, node },
          ]),
        ),
    }),
  zonekit: () => Promise.resolve({ save: (rows) => rowsToBytes(lwwMap, rows) }),
};

/** The tasks by name. */
export const DAY_TASKS: Readonly<Record<string, Task<DayContestant>>> = {
  state: {
    title: "bytes a key of the full state",
    unit: "bytes",
    run: ({ save }, keys) => bytesOf(save(rowsOf(keys))).length / keys,
  },
  zipped: {
    title: "the same, gzip",
    unit: "bytes",
    run: ({ save }, keys) =>
      gzipSync(bytesOf(save(rowsOf(keys)))).length / keys,
  },
};

/** A part of a whole, by chance from a number (MurmurHash3's finalizer, Austin Appleby, public domain). */
function partOf(seed: number): number {
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/** Rows in key order, each written at a moment of its own. */
function rowsOf(keys: number): Map<string, Row> {
  return new Map(Array.from({ length: keys }, (_, i) => {
    const ms = BEGAN_MS + Math.floor(partOf(i) * DAY_MS);
    const row = {
      timestamp: ms * TICKS,
      nodeId: WRITER,
      value: { n: i, s: `s${i}` },
    };
    return [`key-${String(i).padStart(8, "0")}`, row];
  }));
}
