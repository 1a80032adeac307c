/**
 * Values as bytes: one form for the wire, for IndexedDB and for SQLite, in which
 * equal values have equal bytes. What is carried comes back exactly; anything
 * else is refused by a `ValueError` that names its path in the value.
 *
 * | value | answer |
 * | --- | --- |
 * | `undefined`, `null`, booleans | carried |
 * | numbers, `-0` | carried, but for `NaN` and the infinities |
 * | `bigint` | carried, up to 65,536 bytes |
 * | strings | carried, but for those with lone surrogates |
 * | `Uint8Array` | carried; of a subclass, such as Node's `Buffer`, the bytes are |
 * | `Date` | carried, but for invalid ones |
 * | arrays | carried, but for those with holes, or with members besides their items |
 * | plain objects | carried, their members in the order of their keys |
 * | objects without a prototype | carried as plain ones |
 * | a member named `__proto__`, or that throws when it is read; a symbol for a key | refused |
 * | `Map`, `Set`, other classes, functions, symbols | refused |
 * | more than 64 levels, and so what holds itself | refused |
 *
 * @module
 */

import { compareBytes, equalBytes } from "./byte_order.ts";
import { isSurelyCarried } from "./carried.ts";
import { readWhole } from "./reader.ts";
import { bytesOf, Writer } from "./writer.ts";

/** Returns the canonical bytes of a value; throws `ValueError`. */
export function encodeValue(value: unknown): Uint8Array {
  return bytesOf((writer) => writer.value(value));
}

/** Returns the value of these bytes, all of them; throws `DecodeError`. */
export function decodeValue(bytes: Uint8Array): unknown {
  return readWhole(bytes, (reader) => reader.value());
}

/** Throws the `ValueError` that encoding the value would. */
export function assertValue(value: unknown): void {
  if (!isSurelyCarried(value)) new Writer().value(value);
}

/** Says whether two values have the same canonical bytes. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object") return Object.is(a, b);
  if (a === null || b === null) return a === b;
  return equalBytes(encodeValue(a), encodeValue(b));
}

/** Orders two values by their canonical bytes. */
export function compareValues(a: unknown, b: unknown): number {
  return Object.is(a, b) ? 0 : compareBytes(encodeValue(a), encodeValue(b));
}
