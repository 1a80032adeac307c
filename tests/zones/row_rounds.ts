/**
 * One body of expectations for stores: rounds of writing and reading, to be
 * played to any of them.
 *
 * @module
 */

import type {
  KeyRange,
  RowView,
  RowWrite,
  StoredRow,
} from "../../shared/ports/rows.ts";
import type { Seeded } from "../core/seeded.ts";

/** What is written, and then what is read. */
export interface RowRound {
  readonly writes: readonly RowWrite[];
  readonly path: string;
  readonly key: string;
  readonly range: KeyRange;
  readonly seq: number;
  readonly limit: number;
}

/** A row as a list of plain values. */
export type PlainRow = readonly (string | number)[];

/** A store that can be played to. */
export interface WritableRows extends RowView {
  /** Writes and deletes rows. */
  write(writes: readonly RowWrite[]): void;
}

const PATHS = ["/db/a", "/db/b", "#ring"];
/** Keys whose order differs by UTF-16 units, that hold NUL, or begin one another. */
const KEYS = ["", "a", "a\0", "a/1", "a0", "b", "é", "\uffff", "😀", "\ue000"];

/** Returns some round. */
export function anyRound(chance: Seeded): RowRound {
  const [from, end] = [chance.pick(KEYS), chance.pick(KEYS)];
  return {
    writes: chance.many(chance.below(4), () => anyWrite(chance)),
    path: chance.pick(PATHS),
    key: chance.pick(KEYS),
    range: { from, to: chance.pick([null, end]) },
    seq: chance.below(10),
    limit: chance.pick([0, 1, 3, Infinity]),
  };
}

function anyWrite(chance: Seeded): RowWrite {
  const bytes = chance.many(chance.below(4), () => chance.below(256));
  const body = chance.below(4) === 0 ? null : Uint8Array.from(bytes);
  const [path, key] = [chance.pick(PATHS), chance.pick(KEYS)];
  return { path, key, seq: chance.below(10), body };
}

/** Plays rounds to a store, and returns what each read. */
export function playRounds(
  store: WritableRows,
  rounds: readonly RowRound[],
): PlainRow[][] {
  return rounds.map(({ writes, path, key, range, seq, limit }) => {
    store.write(writes);
    const one = store.get(path, key);
    return [
      ...(one ? [one] : []),
      ...store.range(path, range, limit),
      ...store.range(path, range),
      ...store.since(path, range, seq, limit),
    ].map(plain);
  });
}

function plain({ key, seq, body }: StoredRow): PlainRow {
  return [key, seq, ...body];
}
