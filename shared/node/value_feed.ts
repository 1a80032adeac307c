/**
 * A derived value on its way to one consumer: whole at first, and then only the
 * rows that became others. An equal value is not sent.
 *
 * @module
 */

import { equalBytes } from "../codec/byte_order.ts";
import { refuse } from "../protocol/fault_error.ts";
import { VALUE_BYTES_MAX } from "../protocol/limits.ts";
import type { Part } from "../protocol/live.ts";
import type { Path } from "../spec/app_spec.ts";
import { WHOLE } from "./var_rows.ts";

/** The rows of a value, by key. */
export type ValueRows = ReadonlyMap<string, Uint8Array>;

/** A computation has run, or runs elsewhere, and has nothing to say. */
export const NOTHING = "nothing";

/** What became of a value: its rows, nothing to say, or `null` where it cannot be another. */
export type NewValue = ValueRows | typeof NOTHING | null;

/** What a computation gave, to be sent. Throws `FaultError` for more than travels whole. */
export function travelling(path: Path, value: ValueRows | null): NewValue {
  if (!value) return NOTHING;
  let bytes = 0;
  for (const [key, body] of value) bytes += key.length + body.length;
  if (bytes <= VALUE_BYTES_MAX) return value;
  const wanted = `at most ${VALUE_BYTES_MAX}`;
  return refuse("too-large", path, `a value of ${bytes} bytes`, wanted);
}

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
  const keys = differingKeys(last, value);
  const rows = keys.filter((key) => value.has(key))
    .map((key) => ({ key, seq, body: value.get(key)! }));
  const gone = keys.filter((key) => !value.has(key));
  return keys.length === 0 ? null : { ...base, rows, gone, replace: null };
}

/** The keys at which a value is not what it was. */
export function differingKeys(last: ValueRows, value: ValueRows): string[] {
  return [...new Set([...value.keys(), ...last.keys()])].filter((key) => {
    const [before, after] = [last.get(key), value.get(key)];
    return !before || !after || !equalBytes(before, after);
  });
}
