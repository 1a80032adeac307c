/**
 * Reads objects of unknown origin field by field, so that a misspelt field is
 * a fault and not a silent default.
 *
 * @module
 */

import { describe } from "../codec/describe.ts";
import { ELSEWHERE } from "./app.ts";
import { SpecError } from "./spec_error.ts";

/** The own fields of an object that was not looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Says in a few words what a field holds. */
export function found(value: unknown): string {
  return value === undefined ? "missing" : describe(value);
}

/** Joins the path of an object and the name of a field of it. */
export function fieldPath(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}

/** The fields of a plain object; `wanted` says what it should have been. */
export function fieldsAt(at: string, value: unknown, wanted: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SpecError(at, found(value), wanted);
  }
  if (!isPlain(value)) {
    throw new SpecError(at, describe(value), `a plain object, ${wanted}`);
  }
  return value as Fields;
}

/** Literals, null-prototype objects and module namespaces, of any realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Refuses a field that is not one of `names`. */
export function refuseOtherFields(
  at: string,
  fields: Fields,
  names: readonly string[],
): void {
  for (const name of Object.keys(fields)) {
    if (names.includes(name)) continue;
    const wanted = `one of ${names.join(", ")}`;
    throw new SpecError(fieldPath(at, name), "an unknown field", wanted);
  }
}

/** The one of `values` that a field holds. */
export function oneOf<const T extends string>(
  at: string,
  value: unknown,
  values: readonly T[],
): T {
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  const wanted = values.length === 1
    ? describe(values[0])
    : `one of ${values.join(", ")}`;
  throw new SpecError(at, found(value), wanted);
}

/** An array; `wanted` says what it should have been. */
export function arrayAt(
  at: string,
  value: unknown,
  wanted: string,
): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new SpecError(at, found(value), wanted);
}

/** A function of which nothing more is known. */
export type UnknownFunction = (...args: never[]) => unknown;

/** A function, or the mark of one that a build left out. */
export function functionAt(
  at: string,
  value: unknown,
): UnknownFunction | typeof ELSEWHERE {
  if (value === ELSEWHERE) return value;
  if (typeof value === "function") return value as UnknownFunction;
  throw new SpecError(at, found(value), "a function");
}
