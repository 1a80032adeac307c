import { AssertionError as NodeAssertionError } from "node:assert";
import { inspect, isDeepStrictEqual } from "node:util";
import { AssertionError, withNote } from "./assertion_error.ts";

/** Asserts that two values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  const operator = "deepStrictEqual";
  const { message } = new NodeAssertionError({ actual, expected, operator });
  throw new AssertionError(withNote(message, msg));
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!isDeepStrictEqual(actual, expected)) return;
  const found = `Expected anything but ${inspect(expected)}`;
  throw new AssertionError(withNote(found, msg));
}

/** Asserts that two values are the same, as `Object.is` says. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const operator = "strictEqual";
  const { message } = new NodeAssertionError({ actual, expected, operator });
  throw new AssertionError(withNote(message, msg));
}
