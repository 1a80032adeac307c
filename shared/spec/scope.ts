/**
 * Turns what a scope answers into the least list of ranges that holds the same
 * keys. A scope is an app's own code, so its answer is judged like any input.
 *
 * @module
 */

import { describe } from "../codec/describe.ts";
import { compareKeys } from "../codec/key_order.ts";
import { keyFault } from "../crdt/key_fault.ts";
import { keyRange, prefixRange } from "../ports/key_range.ts";
import type { KeyRange } from "../ports/rows.ts";
import type { ScopePart } from "./app_spec.ts";

/** Thrown for an answer of a scope that is no list of parts. */
export class ScopeError extends Error {
  /** Always `ScopeError`. */
  override readonly name = "ScopeError";
  /** Always `bad-scope`. */
  readonly code = "bad-scope";
  /** Where in the answer the fault is, such as `[2].prefix`; `""` is all of it. */
  readonly path: string;
  /** What was found there. */
  readonly found: string;
  /** What was wanted. */
  readonly wanted: string;

  /** Names the fault. */
  constructor(path: string, found: string, wanted: string) {
    super(`Cannot use this scope: ${path || "it"} is ${found}, want ${wanted}`);
    this.path = path;
    this.found = found;
    this.wanted = wanted;
  }
}

const WANTED = "{ key }, { prefix } or { from, to }";

/** A text that a key can be or begin with. */
function keyAt(path: string, value: unknown): string {
  if (typeof value !== "string") {
    throw new ScopeError(path, describe(value), "a string");
  }
  const fault = keyFault(value);
  if (fault === null) return value;
  throw new ScopeError(path, fault, "text that can be a key");
}

/** The range of one part. */
function rangeOf(at: string, part: unknown): KeyRange {
  if (typeof part !== "object" || part === null) {
    throw new ScopeError(at, describe(part), WANTED);
  }
  const fields = part as Readonly<Record<string, unknown>>;
  switch (Object.keys(fields).sort().join()) {
    case "key":
      return keyRange(keyAt(`${at}.key`, fields.key));
    case "prefix":
      return prefixRange(keyAt(`${at}.prefix`, fields.prefix));
    case "from,to": {
      const from = keyAt(`${at}.from`, fields.from);
      const to = keyAt(`${at}.to`, fields.to);
      if (compareKeys(from, to) <= 0) return { from, to };
      const wanted = `a key that is not before ${describe(from)}`;
      throw new ScopeError(`${at}.to`, describe(to), wanted);
    }
    default: {
      const names = Object.keys(fields).join(", ") || "no field";
      throw new ScopeError(at, `an object with ${names}`, WANTED);
    }
  }
}

/** The end that is further behind. */
function laterEnd(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return null;
  return compareKeys(a, b) > 0 ? a : b;
}

/**
 * The ranges of a scope's answer, in key order, with a gap between each two.
 * Throws `ScopeError`.
 */
export function rangesOf(
  parts: readonly ScopePart[] | unknown,
): KeyRange[] {
  if (!Array.isArray(parts)) {
    throw new ScopeError("", describe(parts), `an array of ${WANTED}`);
  }
  const sorted = parts
    .map((part: unknown, index) => rangeOf(`[${index}]`, part))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => compareKeys(a.from, b.from));
  const merged: KeyRange[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    const touches = last !== undefined &&
      (last.to === null || compareKeys(from, last.to) <= 0);
    if (touches) merged.pop();
    merged.push(
      touches ? { from: last.from, to: laterEnd(last.to, to) } : {
        from,
        to,
      },
    );
  }
  return merged;
}
