/**
 * Recognises a Standard Schema (standardschema.dev, version 1).
 *
 * @module
 */

import type { StandardSchema } from "./app_spec.ts";
import { fieldPath, type Fields, found } from "./fields.ts";
import { SpecError } from "./spec_error.ts";

const WANTED = "a Standard Schema, version 1";

/** Whether properties can be read from it; some libraries' schemas are functions. */
function holdsProperties(value: unknown): value is object {
  return (typeof value === "object" && value !== null) ||
    typeof value === "function";
}

/** Reads the schema of a var; `null` when it has none. */
export function parseSchema(at: string, value: unknown): StandardSchema | null {
  if (value === undefined) return null;
  if (!holdsProperties(value)) throw new SpecError(at, found(value), WANTED);
  const inside = fieldPath(at, "~standard");
  const standard: unknown = Reflect.get(value, "~standard");
  if (!holdsProperties(standard)) {
    throw new SpecError(inside, found(standard), WANTED);
  }
  const { version, vendor, validate } = standard as Fields;
  if (version !== 1) {
    throw new SpecError(fieldPath(inside, "version"), found(version), "1");
  }
  if (typeof vendor !== "string") {
    throw new SpecError(fieldPath(inside, "vendor"), found(vendor), "a string");
  }
  if (typeof validate !== "function") {
    const path = fieldPath(inside, "validate");
    throw new SpecError(path, found(validate), "a function");
  }
  return value as StandardSchema;
}
