import { inspect } from "node:util";
import { AssertionError, withNote } from "./assertion_error.ts";

/** The values that are false in a condition. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** Asserts that `expr` is true in a condition. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Asserts that `expr` is false in a condition. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** Asserts that `actual` is neither `null` nor `undefined`. */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  const found = `Expected a value, got ${actual}`;
  throw new AssertionError(withNote(found, msg));
}

/** Asserts that `actual` is an instance of `expectedType`. */
export function assertInstanceOf<T>(
  actual: unknown,
  expectedType: abstract new (...args: never[]) => T,
  msg = "",
): asserts actual is T {
  if (actual instanceof expectedType) return;
  const found = `Expected an instance of ${expectedType.name}, got ${
    inspect(actual)
  }`;
  throw new AssertionError(withNote(found, msg));
}

/** Fails, always. */
export function fail(msg?: string): never {
  throw new AssertionError(withNote("Failed assertion", msg));
}
