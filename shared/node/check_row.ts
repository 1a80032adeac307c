/**
 * Whether a row may stand in its var.
 *
 * @module
 */

import { refuse } from "../protocol/fault_error.ts";
import type { Var } from "../spec/app.ts";
import { valueFault } from "../spec/check_value.ts";

/** Throws a `FaultError` for a value that its var does not hold; a tombstone has none. */
export function checkRow(variable: Var, row: unknown): void {
  const { crdt, path, valueType } = variable;
  if (!crdt.isLive(row)) return;
  for (const item of crdt.itemsOf(row)) {
    const fault = valueFault(variable, item);
    if (fault) refuse("bad-value", path, fault, valueType);
  }
}
