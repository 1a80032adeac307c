import { decodeError } from "../codec/decode_error.ts";
import { describe } from "../codec/describe.ts";
import type { MutationResult, StateBasedCRDT } from "./contract.ts";
import { crdtError } from "./crdt_error.ts";
import { defineCrdt, type DefinedCrdt } from "./define_crdt.ts";
import { REGISTER_KEY, registerKeyFault, theOneRow } from "./register_row.ts";

/** Returns a number that can be the greatest, or throws `CrdtError`; 0 and -0 are one. */
function numberOf(value: unknown, path: string): number {
  if (Number.isFinite(value)) return (value as number) + 0;
  throw crdtError("bad-value", path, describe(value), "a finite number");
}

/**
 * The greatest number that anybody has written: a high score, how far somebody
 * has read.
 *
 * ```ts
 * import { MaxRegister } from "@zonekit/shared";
 *
 * const read = new MaxRegister(3);
 * console.assert(read.setValue(2).message === null);
 * console.assert(read.apply(7).getValue() === 7);
 * ```
 */
export class MaxRegister implements StateBasedCRDT<number, number> {
  /** The greatest so far. */
  readonly state: number;

  /** Begins at a number. Throws `CrdtError`. */
  constructor(state: number) {
    this.state = state === -Infinity ? state : numberOf(state, "state");
  }

  /** Returns the greatest number; `-Infinity` before the first. */
  getValue(): number {
    return this.state;
  }

  /** Writes a number; one that is not greater is no change. Throws `CrdtError`. */
  setValue(newValue: number): MutationResult<MaxRegister, number> {
    const updatedCrdt = this.apply(newValue);
    const message = updatedCrdt === this ? null : updatedCrdt.state;
    return { updatedCrdt, message };
  }

  /** Takes in a number; returns itself when its own is as great. Throws `CrdtError`. */
  apply(remoteState: number): this {
    const incoming = numberOf(remoteState, "");
    if (incoming <= this.state) return this;
    return new MaxRegister(incoming) as this;
  }
}

/** The rules of `MaxRegister`: one row, at the key `""`. */
export const maxRegister: DefinedCrdt<
  "MaxRegister",
  MaxRegister,
  number,
  number
> = /* @__PURE__ */ defineCrdt({
  name: "MaxRegister",
  valueTypes: ["number"],
  rows: (message: number): [string, number][] => [
    [REGISTER_KEY, numberOf(message, "")],
  ],
  message: (rows): number => theOneRow("MaxRegister", rows),
  join: (held: number | undefined, incoming: number): number =>
    held === undefined || incoming > held ? incoming : held,
  fold: (_nodeId, _clock, rows) =>
    new MaxRegister(rows.get(REGISTER_KEY) ?? -Infinity),
  initRows: (init) => [[REGISTER_KEY, numberOf(init, "")]],
  valueOf: (row) => row,
  faultOf: registerKeyFault,
  writeRow: (writer, row) => writer.value(row),
  readRow: (reader) => {
    const at = reader.at;
    const value = reader.value();
    if (typeof value === "number" && !Object.is(value, -0)) return value;
    throw decodeError(at, describe(value), "a number other than -0");
  },
});
