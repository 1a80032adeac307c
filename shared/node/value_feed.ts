/**
 * A derived value on its way to one consumer: whole at first, and then only the
 * rows that became others. An equal value is not sent.
 *
 * @module
 */

import { equalBytes } from "../codec/byte_order.ts";
import type { Part } from "../protocol/live.ts";
import { WHOLE } from "./var_rows.ts";

/** The rows of a value, by key. */
export type ValueRows = ReadonlyMap<string, Uint8Array>;

/** The part that brings a consumer from `last` to `value`; `null` for nothing new. */
export function diffValue(
  want: number,
  last: ValueRows | null,
  value: ValueRows,
  seq: number,
): Part | null {
  const base = { want, next: null, digest: null };
  if (last === null) {
    const rows = [...value].map(([key, body]) => ({ key, seq, body }));
    return { ...base, rows, gone: [], replace: WHOLE };
  }
  const rows = [...value]
    .filter(([key, body]) => {
      const before = last.get(key);
      return before === undefined || !equalBytes(before, body);
    })
    .map(([key, body]) => ({ key, seq, body }));
  const gone = [...last.keys()].filter((key) => !value.has(key));
  return rows.length + gone.length === 0
    ? null
    : { ...base, rows, gone, replace: null };
}
