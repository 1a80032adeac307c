import { assertValue, equalValues } from "../codec/value.ts";
import type { Clock, MutationResult, StateBasedCRDT } from "./contract.ts";
import { defineCrdt, type DefinedCrdt } from "./define_crdt.ts";
import {
  checkSentLww,
  joinLww,
  type LWWRegisterState,
  parseLww,
  readLww,
  readLwwChange,
  restampLww,
  writeLww,
  writeLwwChange,
  writerId,
} from "./lww_row.ts";
import { REGISTER_KEY, registerKeyFault, theOneRow } from "./register_row.ts";
import { BOTTOM, timestampAfter } from "./stamp.ts";
import { systemClock } from "./system_clock.ts";

export type { LWWRegisterState };

/** A value that the last writer set, by `(timestamp, nodeId)` of the writer. */
export class LWWRegister<VT>
  implements StateBasedCRDT<VT, LWWRegisterState<VT>> {
  /** The node this replica is at, which its writes are signed with. */
  readonly nodeId: string;
  /** What was written, by whom and when; never changed in place. */
  readonly state: LWWRegisterState<VT>;
  readonly #clock: Clock;

  /** Holds a state at a node; the default clock runs over the system's time. */
  constructor(
    nodeId: string,
    state: LWWRegisterState<VT>,
    clock: Clock = systemClock,
  ) {
    this.nodeId = nodeId;
    this.state = state;
    this.#clock = clock;
  }

  /** Returns the value. */
  getValue(): VT {
    return this.state.value;
  }

  /** Writes a value; an equal one is no change. Throws `ValueError`. */
  setValue(
    newValue: VT,
  ): MutationResult<LWWRegister<VT>, LWWRegisterState<VT>> {
    assertValue(newValue);
    if (equalValues(newValue, this.state.value)) {
      return { updatedCrdt: this, message: null };
    }
    const nodeId = writerId(this.nodeId);
    const timestamp = timestampAfter(this.#clock, this.state.timestamp);
    const message = { timestamp, nodeId, value: newValue };
    const updatedCrdt = new LWWRegister(this.nodeId, message, this.#clock);
    return { updatedCrdt, message };
  }

  /** Takes in a state; returns itself when its own is the later one. */
  apply(remoteState: LWWRegisterState<VT>): this {
    const incoming = parseLww(remoteState, null) as LWWRegisterState<VT>;
    const joined = joinLww(this.state, incoming);
    if (joined === this.state) return this;
    return new LWWRegister(this.nodeId, joined, this.#clock) as this;
  }
}

/** The rules of `LWWRegister`: one row, at the key `""`. */
export const lwwRegister: DefinedCrdt<
  "LWWRegister",
  LWWRegister<unknown>,
  LWWRegisterState<unknown>,
  LWWRegisterState<unknown>
> = /* @__PURE__ */ defineCrdt({
  name: "LWWRegister",
  rows: (message: LWWRegisterState<unknown>) => {
    checkSentLww(message, null);
    return [[REGISTER_KEY, parseLww(message, null)]];
  },
  message: (rows): LWWRegisterState<unknown> => theOneRow("LWWRegister", rows),
  join: joinLww<unknown>,
  fold: (nodeId, clock, rows) => {
    const state = rows.get(REGISTER_KEY) ?? { ...BOTTOM, value: undefined };
    return new LWWRegister(nodeId, state, clock);
  },
  initRows: (init) => {
    assertValue(init);
    return [[REGISTER_KEY, { ...BOTTOM, value: init }]];
  },
  valueOf: (row) => row.value,
  stampOf: (row) => row,
  restamp: restampLww,
  faultOf: registerKeyFault,
  writeRow: writeLww,
  readRow: readLww,
  writeChange: writeLwwChange,
  readChange: readLwwChange,
});
