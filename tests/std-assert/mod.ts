/**
 * A stand-in for the part of `@std/assert` that Zonekit's tests use, with the
 * same names and signatures, over `node:assert` and `node:util`.
 *
 * The real package lives on a registry that not every machine reaches. The
 * `links` line of the root `deno.json` puts this folder in its place; without
 * that line the tests run with the real one. Where the two differ the stand-in
 * is the stricter: it tells `0` from `-0` and a null prototype from an object's.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new Map([["a", [1]]]), new Map([["a", [1]]]));
 * ```
 *
 * @module
 */

export { AssertionError } from "./assertion_error.ts";
export {
  assertEquals,
  assertNotEquals,
  assertStrictEquals,
} from "./equality.ts";
export { assertGreater, assertLess } from "./order.ts";
export { assertRejects, assertThrows } from "./throws.ts";
export { assertMatch, assertStringIncludes } from "./text.ts";
export {
  assert,
  assertExists,
  assertFalse,
  assertInstanceOf,
  fail,
  type Falsy,
} from "./truth.ts";
