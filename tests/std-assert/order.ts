import { inspect } from "node:util";
import { AssertionError, withNote } from "./assertion_error.ts";

/** Asserts that `actual` is greater than `expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (actual > expected) return;
  const found = `Expected ${inspect(actual)} > ${inspect(expected)}`;
  throw new AssertionError(withNote(found, msg));
}

/** Asserts that `actual` is less than `expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (actual < expected) return;
  const found = `Expected ${inspect(actual)} < ${inspect(expected)}`;
  throw new AssertionError(withNote(found, msg));
}
