/**
 * What a CRDT holds, as text that is the same for the same.
 *
 * @module
 */

import { encodeValue } from "../shared/codec/value.ts";

/** The text of a value: the codec's bytes, and maps and sets in the order of theirs. */
export function canonical(value: unknown): string {
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) =>
      `${canonical(key)}:${canonical(item)}`
    );
    return `{${entries.sort().join(",")}}`;
  }
  if (value instanceof Set) {
    return `(${[...value].map(canonical).sort().join(",")})`;
  }
  if (value === -Infinity) return "nothing";
  return hexOf(encodeValue(value));
}

/** Bytes as text. */
export function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
