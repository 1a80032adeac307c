import * as fc from "fast-check";
import type { LawSubject } from "@zonekit/laws";
import {
  PNCounter,
  pnCounter,
  type PNCounterOp,
} from "../../shared/crdt/pn_counter.ts";
import type {
  Increment,
  PNCounterRow,
} from "../../shared/crdt/pn_counter_row.ts";

/** How a count is put to the proof. */
export const COUNTER: LawSubject<
  PNCounter,
  PNCounterOp,
  PNCounterRow,
  Increment
> = {
  type: pnCounter,
  start: () => new PNCounter(),
  stateOf: (crdt) => crdt.getValue(),
  command: fc.integer({ min: -3, max: 3 }).map((by) => ({
    name: `increment by ${by}`,
    run: (crdt) => crdt.increment(by),
  })),
  few: [1, 10, -100, 1_000].map((by) => ({
    name: `increment by ${by}`,
    run: (crdt) => crdt.increment(by),
  })),
  oracle: (sent) =>
    sent.reduce((total, { message }) => total + message.amount, 0),
};
