/**
 * What each map is put to.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import {
  bytesOf,
  type MapContestant,
  type MapReplica,
  sizeOf,
  type Value,
  WRITER,
} from "./contestant.ts";
import { memory, type Task, timed } from "./task.ts";

/** The keys, 12 characters each, in their order; and what stands there. */
function entriesOf(keys: number): [string, Value][] {
  return Array.from({ length: keys }, (_, i) => [
    `key-${String(i).padStart(8, "0")}`,
    { n: i, s: `s${i}` },
  ]);
}

/** The same with keys in no order, of which few begin alike. */
function mixedEntriesOf(keys: number): [string, Value][] {
  return entriesOf(keys).map(([, value], i) => {
    const mixed = Math.imul(i, 0x9e3779b1) >>> 0;
    return [`k${String(mixed).padStart(11, "0")}`, value];
  });
}

/** A program has some replica open; while there is none, what was compiled for it is dropped. */
const opened: MapReplica[] = [];

function kept(replica: MapReplica): MapReplica {
  opened.push(replica);
  return replica;
}

/** The tasks by name. */
export const MAP_TASKS: Readonly<Record<string, Task<MapContestant>>> = {
  writes: {
    title: "local writes, each with its delta",
    unit: "ms",
    run: writeAll,
  },
  merges: {
    title: "merges of single-key deltas",
    unit: "ms",
    run: mergeAll,
  },
  batch: {
    title: "one batch of all keys",
    unit: "ms",
    run: ({ open }, keys) => {
      const entries = entriesOf(keys);
      const replica = kept(open(WRITER));
      return timed(() => void replica.setMany(entries));
    },
  },
  load: {
    title: "cold load, to the first read",
    unit: "ms",
    run: (contestant, keys) => {
      const saved = filled(contestant, keys).save();
      const [[key]] = entriesOf(1) as [[string, Value]];
      return timed(() => check(contestant.load("cat-1b2c3d", saved).get(key)));
    },
  },
  heap: {
    title: "memory of all keys",
    unit: "MB",
    run: ({ open }, keys) => {
      const before = memory();
      const replica = open(WRITER);
      for (const [key, value] of entriesOf(keys)) replica.set(key, value);
      const after = memory();
      check(replica.get(entriesOf(1)[0]![0]));
      return after - before;
    },
  },
  single: {
    title: "bytes of a single-key update",
    unit: "bytes",
    run: ({ open }) => {
      const replica = open(WRITER);
      const sizes = entriesOf(1_000).map(([key, value]) =>
        sizeOf(replica.set(key, value))
      );
      return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    },
  },
  hundred: {
    title: "bytes a key in a batch of 100",
    unit: "bytes",
    run: ({ open }) => sizeOf(open(WRITER).setMany(entriesOf(100))) / 100,
  },
  state: {
    title: "bytes a key of the full state",
    unit: "bytes",
    run: (contestant, keys) => sizeOf(filled(contestant, keys).save()) / keys,
  },
  zipped: {
    title: "bytes a key of the full state, gzip",
    unit: "bytes",
    run: (contestant, keys) =>
      gzipSync(bytesOf(filled(contestant, keys).save())).length / keys,
  },
  mixed: {
    title: "bytes a key of the full state, keys in no order",
    unit: "bytes",
    run: (contestant, keys) =>
      sizeOf(filled(contestant, keys, mixedEntriesOf).save()) / keys,
  },
  catchUp: {
    title: "bytes of a catch-up of 1,000 keys",
    unit: "bytes",
    run: (contestant, keys) => missed(contestant, keys).bytes,
  },
  messages: {
    title: "messages of a catch-up",
    unit: "bytes",
    run: (contestant, keys) => missed(contestant, keys).messages,
  },
};

function writeAll({ open }: MapContestant, keys: number): number {
  const entries = entriesOf(keys);
  const replica = kept(open(WRITER));
  return timed(() => {
    for (const [key, value] of entries) replica.set(key, value);
  });
}

function mergeAll({ open }: MapContestant, keys: number): number {
  const writer = open(WRITER);
  const deltas = entriesOf(keys).map(([key, value]) => writer.set(key, value));
  const replica = kept(open("ben-77c0d1"));
  return timed(() => {
    for (const delta of deltas) replica.merge(delta);
    check(replica.get(entriesOf(1)[0]![0]));
  });
}

function filled(
  { open }: MapContestant,
  keys: number,
  entries: typeof entriesOf = entriesOf,
) {
  const replica = open(WRITER);
  replica.setMany(entries(keys));
  return replica;
}

function missed(contestant: MapContestant, keys: number) {
  const replica = filled(contestant, keys);
  const before = contestant.load("ben-77c0d1", replica.save());
  for (const [key, { n, s }] of entriesOf(keys).slice(0, 1_000)) {
    replica.set(key, { n: n + 1, s: `${s}!` });
  }
  return replica.missing(before);
}

function check(value: unknown): void {
  if (value === undefined) throw new Error("nothing is there");
}
