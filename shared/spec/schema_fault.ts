/**
 * What a Standard Schema says of a value: it may only check, and at once.
 *
 * @module
 */

import { equalValues } from "../codec/value.ts";
import type { StandardSchema } from "./app_spec.ts";

/** What is wrong with a value. */
export interface ValueFault {
  /** What it is. */
  readonly found: string;
  /** What it should be. */
  readonly wanted: string;
}

/** The message and the place of a schema's first issue. */
function describeIssue(issues: unknown): string {
  const issue: unknown = Array.isArray(issues) ? issues[0] : undefined;
  if (typeof issue !== "object" || issue === null) return "no reason given";
  const message = "message" in issue ? String(issue.message) : "no message";
  const path = "path" in issue && Array.isArray(issue.path) ? issue.path : [];
  const keys = path.map((step: unknown) =>
    typeof step === "object" && step !== null && "key" in step ? step.key : step
  );
  return keys.length === 0 ? message : `${message} at ${keys.join(".")}`;
}

/** Whether the schema's output is the value itself, or one with the same bytes. */
function isUnchanged(value: unknown, output: unknown): boolean {
  if (Object.is(value, output)) return true;
  try {
    return equalValues(value, output);
  } catch {
    return false; // no bytes stand for one of them, so they are not the same
  }
}

/** What a schema says against a value. */
export function schemaFault(
  schema: StandardSchema,
  value: unknown,
): ValueFault | null {
  const wanted = "what its schema lets through";
  let result: unknown;
  try {
    result = schema["~standard"].validate(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { found: `a value its schema throws at: ${reason}`, wanted };
  }
  if (typeof result !== "object" || result === null) {
    return {
      found: "a value its schema gives no answer for",
      wanted: "a schema that follows the standard",
    };
  }
  if ("then" in result) {
    return {
      found: "a value with a schema that answers later",
      wanted: "a schema that answers at once",
    };
  }
  if ("issues" in result && result.issues !== undefined) {
    const reason = describeIssue(result.issues);
    return { found: `a value its schema refuses: ${reason}`, wanted };
  }
  if ("value" in result && isUnchanged(value, result.value)) return null;
  return {
    found: "a value its schema changes",
    wanted: "a schema that only checks",
  };
}
