/**
 * Rows as different nodes may hold them: each has heard of some of the writes,
 * of none before what its author had seen.
 *
 * @module
 */

import type { CrdtContract, Dot } from "../shared/crdt/contract.ts";
import type { Sent } from "./subject.ts";

/** A write: its message, and what it does to rows. */
export interface Write<Message, Change> {
  /** The message. */
  readonly sent: Sent<Message>;
  /** What it does, by key. */
  readonly changes: readonly (readonly [key: string, change: Change])[];
  /** The number of its first change; each further one has the next. */
  readonly dot: Dot;
}

/** Takes a write into rows. */
export function applyWrite<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  rows: Map<string, Row>,
  { changes, dot: { actor, counter } }: Write<Message, Change>,
): void {
  for (const [i, [key, change]] of changes.entries()) {
    const dot = { actor, counter: counter + i };
    const row = type.apply(rows.get(key), change, dot);
    if (row !== undefined) rows.set(key, row);
  }
}

/** As many of some writes as there are choices, in an order that causes allow. */
export function heardOf<Message, Change>(
  writes: readonly Write<Message, Change>[],
  choices: readonly number[],
): Write<Message, Change>[] {
  const heard: Write<Message, Change>[] = [];
  for (const choice of choices) {
    const sent = new Set(heard.map((write) => write.sent));
    const may = writes.filter((write) =>
      !sent.has(write.sent) && write.sent.seen.isSubsetOf(sent)
    );
    if (may.length === 0) break;
    heard.push(may[choice % may.length]!);
  }
  return heard;
}

/** The rows that some writes make, in their order. */
export function rowsAfter<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  writes: readonly Write<Message, Change>[],
): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const write of writes) applyWrite(type, rows, write);
  return rows;
}
