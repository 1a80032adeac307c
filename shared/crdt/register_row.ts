import { crdtError } from "./crdt_error.ts";

/** Where the one row of a register stands. */
export const REGISTER_KEY = "";

/** Says why the one row of a register may not stand at a key, or `null`. */
export function registerKeyFault(key: string): string | null {
  return key === REGISTER_KEY ? null : "a register has one row, at the key ''";
}

/** Returns the row of a message that can have one only. */
export function theOneRow<Row>(
  type: string,
  rows: Iterable<readonly [key: string, row: Row]>,
): Row {
  const [first, ...more] = rows;
  if (first !== undefined && more.length === 0) return first[1];
  const found = first === undefined ? "no row" : `${more.length + 1} rows`;
  throw crdtError("bad-message", "", found, `the one row of a ${type}`);
}
