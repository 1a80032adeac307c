import * as fc from "fast-check";
import type { LawSubject } from "@zonekit/laws";
import { encodeValue } from "../../shared/codec/value.ts";
import { LWWMap, lwwMap, type LWWMapState } from "../../shared/crdt/lww_map.ts";
import {
  LWWRegister,
  lwwRegister,
  type LWWRegisterState,
} from "../../shared/crdt/lww_register.ts";
import { MaxRegister, maxRegister } from "../../shared/crdt/max_register.ts";

const VALUES = [0, 1, "a", null, false];

type State = LWWRegisterState<unknown>;

/** The last writer's, then the greater name's, then that of the greater bytes. */
function isLater(one: State, other: State): boolean {
  if (one.timestamp !== other.timestamp) {
    return one.timestamp > other.timestamp;
  }
  if (one.nodeId !== other.nodeId) return one.nodeId > other.nodeId;
  const [a, b] = [one, other].map(({ value }) =>
    [...encodeValue(value)].map((byte) => String.fromCharCode(byte)).join("")
  );
  return a! > b!;
}

function latest(states: readonly State[]): State | undefined {
  return states.reduce<State | undefined>(
    (best, state) => best && !isLater(state, best) ? best : state,
    undefined,
  );
}

/** How a register is put to the proof. */
export const REGISTER: LawSubject<
  LWWRegister<unknown>,
  State,
  State,
  State
> = {
  type: lwwRegister,
  start: (nodeId, clock) => {
    const state = { timestamp: 0, nodeId: "", value: undefined };
    return new LWWRegister<unknown>(nodeId, state, clock);
  },
  stateOf: ({ state }) => state,
  command: fc.constantFrom(...VALUES).map((value) => ({
    name: `set ${value}`,
    run: (crdt) => crdt.setValue(value),
  })),
  few: [1, 2, 3, 1].map((value, i) => ({
    name: `${i} set ${value}`,
    run: (crdt) => crdt.setValue(value),
  })),
  oracle: (sent) => latest(sent.map(({ message }) => message))?.value,
};

/** How a map is put to the proof. */
export const MAP: LawSubject<
  LWWMap<unknown>,
  LWWMapState<unknown>,
  State,
  State
> = {
  type: lwwMap,
  start: (nodeId, clock) => LWWMap.startEmpty<unknown>(nodeId, clock),
  stateOf: ({ state }) => state,
  command: fc.tuple(fc.constantFrom("x", "y"), fc.constantFrom(...VALUES))
    .map(([key, value]) => ({
      name: `set ${key} to ${value}`,
      run: (crdt) => crdt.setValueForKey(key, value),
    })),
  few: [["x", 1], ["x", null], ["y", 2], ["x", 2]].map(([key, value], i) => ({
    name: `${i} set ${key} to ${value}`,
    run: (crdt) => crdt.setValueForKey(String(key), value),
  })),
  oracle: (sent) => {
    const rows = sent.flatMap(({ message }) => [...message]);
    const keys = [...new Set(rows.map(([key]) => key))];
    return new Map(keys.flatMap((key) => {
      const of = rows.filter(([at]) => at === key).map(([, row]) => row);
      const { value } = latest(of)!;
      return value === null || value === undefined ? [] : [[key, value]];
    }));
  },
};

/** How a greatest number is put to the proof. */
export const MAX: LawSubject<MaxRegister, number, number, number> = {
  type: maxRegister,
  start: () => new MaxRegister(-Infinity),
  stateOf: ({ state }) => state,
  command: fc.integer({ min: -3, max: 9 }).map((value) => ({
    name: `set ${value}`,
    run: (crdt) => crdt.setValue(value),
  })),
  few: [3, 5, 5, 4].map((value, i) => ({
    name: `${i} set ${value}`,
    run: (crdt) => crdt.setValue(value),
  })),
  oracle: (sent) => Math.max(...sent.map(({ message }) => message)),
};
