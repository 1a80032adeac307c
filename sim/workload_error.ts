/**
 * A workload that throws: a mistake of whoever wrote it, and not of the kit.
 *
 * @module
 */

import { ValueError } from "../shared/codec/value_error.ts";
import { CrdtError } from "../shared/crdt/crdt_error.ts";
import { FaultError } from "../shared/protocol/fault_error.ts";
import { Violation } from "./violation.ts";

/** Where the kit's own code is. */
const KIT = new URL("../shared/", import.meta.url).href;

/** A workload could not do what it wanted. */
export class WorkloadError extends Error {
  /** Always `WorkloadError`. */
  override readonly name = "WorkloadError";

  /** Where, and what was thrown. */
  readonly found: string;

  /** Names the client that was to act, and what was thrown. */
  constructor(client: string, cause: unknown) {
    const thrown = cause instanceof Error
      ? `${cause.name}: ${cause.message}`
      : String(cause);
    const found = `at ${client}, ${thrown}`.replaceAll(/\s*\n\s*/g, " ");
    super(`Cannot run the workload: ${found}`);
    this.found = found;
    this.cause = cause;
  }
}

/**
 * Says whether the kit broke while a workload used it: it did where it threw
 * what it never throws at a caller.
 */
export function isOfKit(error: unknown): boolean {
  if (error instanceof Violation) return true;
  const isTyped = error instanceof FaultError || error instanceof CrdtError ||
    error instanceof ValueError;
  if (isTyped || !(error instanceof Error)) return false;
  const thrown = error.stack?.split("\n").find((line) => /^\s+at /.test(line));
  return thrown?.includes(KIT) ?? false;
}
