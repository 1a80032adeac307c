/**
 * A type that the box does not have, made with what is public: days on which all
 * can come, out of a week. Each crosses days out.
 *
 * @module
 */

import * as fc from "fast-check";
import {
  type Clock,
  defineCrdt,
  type MutationResult,
  type RowSource,
  type StateBasedCRDT,
} from "@zonekit/shared";
import type { LawSubject } from "@zonekit/laws";

const WEEK = 0b111_1111;

/** The days that nobody has crossed out; a state is those that somebody has. */
class Days implements StateBasedCRDT<number[], number> {
  constructor(readonly state: number) {}

  getValue(): number[] {
    return [0, 1, 2, 3, 4, 5, 6].filter((day) => !(this.state >> day & 1));
  }

  crossOut(day: number): MutationResult<Days, number> {
    const updatedCrdt = this.apply(1 << day & WEEK);
    const message = updatedCrdt === this ? null : updatedCrdt.state;
    return { updatedCrdt, message };
  }

  apply(remote: number): this {
    const both = this.state | remote;
    return both === this.state ? this : new Days(both) as this;
  }
}

const days = defineCrdt({
  name: "Days",
  rows: (message: number): [string, number][] => [["", message]],
  message: (rows: Iterable<readonly [string, number]>): number => {
    let all = 0;
    for (const [, row] of rows) all |= row;
    return all;
  },
  join: (held: number | undefined, incoming: number): number => {
    const both = (held ?? 0) | incoming;
    return both === held ? held : both;
  },
  fold: (_nodeId: string, _clock: Clock, rows: RowSource<number>) =>
    new Days(rows.get("") ?? 0),
  initRows: (init) => [["", Number(init)]],
  valueOf: (row: number) => row,
  faultOf: (key: string, row: number) =>
    key === "" && row >= 0 && row <= WEEK ? null : "bits of a week, at ''",
  writeRow: (writer, row: number) => writer.u8(row),
  readRow: (reader) => reader.u8(),
});

/** How it is put to the proof. */
export const DAYS: LawSubject<Days, number, number, number> = {
  type: days,
  start: () => new Days(0),
  stateOf: ({ state }) => state,
  command: fc.nat(6).map((day) => ({
    name: `cross ${day} out`,
    run: (crdt) => crdt.crossOut(day),
  })),
  few: [0, 1, 1, 2].map((day, i) => ({
    name: `${i} cross ${day} out`,
    run: (crdt) => crdt.crossOut(day),
  })),
  oracle: (sent) =>
    [0, 1, 2, 3, 4, 5, 6].filter((day) =>
      sent.every(({ message }) => Math.floor(message / 2 ** day) % 2 === 0)
    ),
};
