/**
 * Whether a value may stand in a var: its `valueType`, then its schema.
 *
 * @module
 */

import { describe } from "../codec/describe.ts";
import { WORDS } from "../codec/words.ts";
import type { Var } from "./app.ts";
import type { ValueType } from "./app_spec.ts";
import { schemaFault, type ValueFault } from "./schema_fault.ts";

/** What the values of a var must be. */
export type ValueRule = Pick<Var, "valueType" | "schema">;

const WANTED: Readonly<Record<ValueType, string>> = {
  object: "an object",
  number: "a finite number",
  string: "a string",
  boolean: "a boolean",
  array: "an array",
};

/** Whether a value is of a `valueType`. */
function isOfType(value: unknown, valueType: ValueType): boolean {
  switch (valueType) {
    case "object":
      return typeof value === "object" && value !== null;
    case "array":
      return Array.isArray(value);
    case "number":
      return Number.isFinite(value);
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
  }
}

/** What is wrong with a value under the rule of its var, or `null`. */
export function findValueFault(
  rule: ValueRule,
  value: unknown,
): ValueFault | null {
  if (!isOfType(value, rule.valueType)) {
    return {
      found: describe(value),
      wanted: WORDS ? WANTED[rule.valueType] : "",
    };
  }
  return rule.schema === null ? null : schemaFault(rule.schema, value);
}

/** Says in one line why a value may not stand in a var, or gives `null`. */
export function valueFault(variable: Var, value: unknown): string | null {
  const fault = findValueFault(variable, value);
  const { path } = variable;
  if (fault === null || !WORDS) return fault && path;
  return `${path} got ${fault.found}, want ${fault.wanted}`;
}
