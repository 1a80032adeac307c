import { describe } from "../codec/describe.ts";
import { crdtError } from "./crdt_error.ts";
import type { MutationResult, OperationBasedCRDT } from "./contract.ts";
import { defineCrdt, type DefinedCrdt } from "./define_crdt.ts";
import {
  applyIncrement,
  type Increment,
  joinCounts,
  type PNCounterRow,
  readCount,
  readIncrement,
  retireTallies,
  totalOf,
  writeCount,
  writeIncrement,
} from "./pn_counter_row.ts";
import { REGISTER_KEY, registerKeyFault, theOneRow } from "./register_row.ts";

/** The one operation: so much more, or less. */
export type PNCounterOp = {
  /** Always `increment`. */
  type: "increment";
  /** By how much: a safe integer other than 0. */
  amount: number;
};

/** Returns an amount that a counter can be changed by, or throws `CrdtError`. */
function amountOf(amount: unknown, path: string): number {
  if (Number.isSafeInteger(amount) && amount !== 0) return amount as number;
  const wanted = "a safe integer other than 0";
  throw crdtError("bad-amount", path, describe(amount), wanted);
}

/** Returns the amount of an operation from outside. */
function parseOp(message: unknown): number {
  const isIncrement = typeof message === "object" && message !== null &&
    "type" in message && message.type === "increment" && "amount" in message;
  if (isIncrement) return amountOf(message.amount, ".amount");
  const wanted = '{ type: "increment", amount }';
  throw crdtError("bad-message", "", describe(message), wanted);
}

/**
 * A count that goes up and down. What travels is by how much, never the total:
 * an increment that is refused leaves nothing behind. Operation-based: each
 * operation must reach every replica once. It counts exactly, however far; what
 * is beyond a safe integer is rounded when it is read.
 *
 * ```ts
 * import { PNCounter } from "@zonekit/shared";
 *
 * const { updatedCrdt, message } = new PNCounter().increment(3);
 * console.assert(updatedCrdt.getValue() === 3);
 * console.assert(new PNCounter(10).apply(message!).getValue() === 13);
 * ```
 */
export class PNCounter implements OperationBasedCRDT<number, PNCounterOp> {
  readonly #total: bigint;

  /** Begins at an integer. Throws `CrdtError`. */
  constructor(total: number | bigint = 0) {
    const isExact = typeof total === "bigint" || total === 0;
    this.#total = BigInt(isExact ? total : amountOf(total, "total"));
  }

  /** Returns the count. */
  getValue(): number {
    return Number(this.#total);
  }

  /** Counts up by a safe integer; by 0 is no change. Throws `CrdtError`. */
  increment(amount: number = 1): MutationResult<PNCounter, PNCounterOp> {
    if (amount === 0) return { updatedCrdt: this, message: null };
    const message: PNCounterOp = {
      type: "increment",
      amount: amountOf(amount, "amount"),
    };
    return { updatedCrdt: this.apply(message), message };
  }

  /** Counts down by a safe integer; by 0 is no change. Throws `CrdtError`. */
  decrement(amount: number = 1): MutationResult<PNCounter, PNCounterOp> {
    return this.increment(amount === 0 ? 0 : -amountOf(amount, "amount"));
  }

  /** Takes in an operation, which must not have been taken in before. Throws `CrdtError`. */
  apply(remoteOp: PNCounterOp): this {
    return new PNCounter(this.#total + BigInt(parseOp(remoteOp))) as this;
  }
}

/** Tells a change from a row. */
function isIncrement(row: PNCounterRow | Increment): row is Increment {
  return "amount" in row;
}

/** The rules of `PNCounter`: one row, at the key `""`. */
export const pnCounter: DefinedCrdt<
  "PNCounter",
  PNCounter,
  PNCounterOp,
  PNCounterRow,
  Increment
> = /* @__PURE__ */ defineCrdt({
  name: "PNCounter",
  delivery: "ordered",
  valueTypes: ["number"],
  rows: (message: PNCounterOp): [string, Increment][] => [
    [REGISTER_KEY, { amount: parseOp(message) }],
  ],
  message: (changes): PNCounterOp => {
    const { amount } = theOneRow("PNCounter", changes);
    return { type: "increment", amount };
  },
  apply: applyIncrement,
  join: joinCounts,
  fold: (_nodeId, _clock, rows) => {
    const row = rows.get(REGISTER_KEY);
    return new PNCounter(row ? totalOf(row) : 0n);
  },
  initRows: (init): [string, PNCounterRow][] => {
    const base = init === 0 ? 0n : BigInt(amountOf(init, ""));
    return [[REGISTER_KEY, { base, tallies: new Map() }]];
  },
  valueOf: (row) => isIncrement(row) ? row.amount : Number(totalOf(row)),
  retire: retireTallies,
  faultOf: registerKeyFault,
  writeRow: writeCount,
  readRow: readCount,
  writeChange: writeIncrement,
  readChange: readIncrement,
});
