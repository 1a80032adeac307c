/**
 * What each text is put to: one author's edits, letter by letter.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import { bytesOf, type Delta, sizeOf, WRITER } from "./contestant.ts";
import { memory, type Task, timed } from "./task.ts";
import type { TextContestant, TextReplica } from "./text_contestant.ts";
import { type Edit, textAfter, traceOf } from "./trace.ts";

/** The tasks by name. */
export const TEXT_TASKS: Readonly<Record<string, Task<TextContestant>>> = {
  edits: {
    title: "edits, each with its delta",
    unit: "ms",
    run: ({ open }, size) => {
      const trace = traceOf(size);
      const replica = open(WRITER);
      const ms = timed(() => void write(replica, trace));
      check(replica, trace);
      return ms;
    },
  },
  merges: {
    title: "merges of those deltas",
    unit: "ms",
    run: ({ open }, size) => {
      const trace = traceOf(size);
      const deltas = write(open(WRITER), trace);
      const replica = open("ben-77c0d1");
      const ms = timed(() => {
        for (const delta of deltas) replica.merge(delta);
      });
      check(replica, trace);
      return ms;
    },
  },
  load: {
    title: "cold load, to the text",
    unit: "ms",
    run: (contestant, size) => {
      const trace = traceOf(size);
      const saved = written(contestant, trace).save();
      let replica: TextReplica | null = null;
      const ms = timed(() => {
        replica = contestant.load("cat-1b2c3d", saved);
        replica.read();
      });
      check(replica!, trace);
      return ms;
    },
  },
  heap: {
    title: "memory",
    unit: "MB",
    run: (contestant, size) => {
      const trace = traceOf(size);
      const before = memory();
      const replica = written(contestant, trace);
      const after = memory();
      check(replica, trace);
      return after - before;
    },
  },
  state: {
    title: "bytes of the full state, an edit",
    unit: "bytes",
    run: (contestant, size) =>
      sizeOf(written(contestant, traceOf(size)).save()) / size,
  },
  zipped: {
    title: "the same, gzip",
    unit: "bytes",
    run: (contestant, size) => {
      const saved = bytesOf(written(contestant, traceOf(size)).save());
      return gzipSync(saved).length / size;
    },
  },
  deltas: {
    title: "bytes of an edit's delta",
    unit: "bytes",
    run: ({ open }, size) => {
      const deltas = write(open(WRITER), traceOf(size));
      return deltas.reduce((sum, delta) => sum + sizeOf(delta), 0) /
        deltas.length;
    },
  },
};

function write(replica: TextReplica, trace: readonly Edit[]): Delta[] {
  const deltas: Delta[] = [];
  for (const { at, gone, text } of trace) {
    if (gone > 0) deltas.push(replica.remove(at, gone));
    if (text !== "") deltas.push(replica.insert(at, text));
  }
  return deltas;
}

function written(
  { open }: TextContestant,
  trace: readonly Edit[],
): TextReplica {
  const replica = open(WRITER);
  write(replica, trace);
  return replica;
}

function check(replica: TextReplica, trace: readonly Edit[]): void {
  if (replica.read() !== textAfter(trace)) throw new Error("another text");
}
