/**
 * Reads `depends_on`, and the scopes in it.
 *
 * @module
 */

import { describe } from "../codec/describe.ts";
import type { ELSEWHERE, ParsedDependency } from "./app.ts";
import type { Scope } from "./app_spec.ts";
import {
  arrayAt,
  fieldPath,
  fieldsAt,
  functionAt,
  refuseOtherFields,
} from "./fields.ts";
import { pathAt } from "./paths.ts";
import { SpecError } from "./spec_error.ts";

const WANTED = "the path of a var";

/** Reads a scope; `null` when there is none. */
export function parseScope(
  at: string,
  value: unknown,
): Scope | typeof ELSEWHERE | null {
  if (value === undefined) return null;
  return functionAt(at, value) as Scope | typeof ELSEWHERE;
}

/** Reads one dependency: a path, or a path with a scope. */
function parseDependency(at: string, value: unknown): ParsedDependency {
  if (typeof value === "string") {
    return { path: pathAt(at, value, WANTED).path, scope: null };
  }
  const fields = fieldsAt(at, value, `${WANTED}, or { path, scope }`);
  refuseOtherFields(at, fields, ["path", "scope"]);
  const { path } = pathAt(fieldPath(at, "path"), fields.path, WANTED);
  return { path, scope: parseScope(fieldPath(at, "scope"), fields.scope) };
}

/** Reads the dependencies of a derived var, each of which may stand once. */
export function parseDependencies(
  at: string,
  value: unknown,
): ParsedDependency[] {
  const dependencies = arrayAt(at, value, "an array of paths")
    .map((dependency, i) => parseDependency(`${at}[${i}]`, dependency));
  const seen = new Set<string>();
  for (const [i, { path }] of dependencies.entries()) {
    if (seen.has(path)) {
      const again = `${describe(path)} a second time`;
      throw new SpecError(`${at}[${i}]`, again, "each dependency once");
    }
    seen.add(path);
  }
  return dependencies;
}
