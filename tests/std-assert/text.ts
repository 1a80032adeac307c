import { inspect } from "node:util";
import { AssertionError, withNote } from "./assertion_error.ts";

/** Asserts that `expected` matches somewhere in `actual`. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (expected.test(actual)) return;
  const found = `Expected ${inspect(actual)} to match ${expected}`;
  throw new AssertionError(withNote(found, msg));
}

/** Asserts that `actual` contains `expected`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  if (actual.includes(expected)) return;
  const found = `Expected ${inspect(actual)} to contain ${inspect(expected)}`;
  throw new AssertionError(withNote(found, msg));
}
