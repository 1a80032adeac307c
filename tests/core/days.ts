/**
 * A type that the box does not have, made with what is public: days on which all
 * can come, out of a week. Each crosses days out.
 *
 * @module
 */

import {
  type Clock,
  defineCrdt,
  type MutationResult,
  type RowSource,
  type StateBasedCRDT,
} from "@zonekit/shared";

const WEEK = 0b111_1111;

/** The days that nobody has crossed out; a state is those that somebody has. */
export class Days implements StateBasedCRDT<number[], number> {
  /** Begins with what is crossed out, a bit a day. */
  constructor(readonly state: number) {}

  /** The days that are left, 0 to 6. */
  getValue(): number[] {
    return [0, 1, 2, 3, 4, 5, 6].filter((day) => !(this.state >> day & 1));
  }

  /** Crosses a day out. */
  crossOut(day: number): MutationResult<Days, number> {
    const updatedCrdt = this.apply(1 << day & WEEK);
    const message = updatedCrdt === this ? null : updatedCrdt.state;
    return { updatedCrdt, message };
  }

  /** Takes in what others have crossed out. */
  apply(remote: number): this {
    const both = this.state | remote;
    return both === this.state ? this : new Days(both) as this;
  }
}

/** The rules of `Days`. */
export const days = defineCrdt({
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
