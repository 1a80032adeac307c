/**
 * A call of the simulator that asks for something there is not.
 *
 * @module
 */

/** What can be wrong with a call; a code is stable. */
export type UsageCode =
  | "bad-option"
  | "no-channel"
  | "not-started"
  | "root-node"
  | "taken-id"
  | "unknown-fault"
  | "unknown-node"
  | "unknown-zone";

/** A fault that the caller can mend; its message is one line and whole. */
export class UsageError extends Error {
  /** Always `UsageError`. */
  override readonly name = "UsageError";
  /** Which kind of fault. */
  readonly code: UsageCode;
  /** Where: an argument or an option. */
  readonly path: string;
  /** What stood there. */
  readonly found: string;
  /** What should have stood there. */
  readonly wanted: string;

  /** Names the fault. */
  constructor(code: UsageCode, path: string, found: string, wanted: string) {
    super(`${code} at ${path}: found ${found}, want ${wanted}`);
    this.code = code;
    this.path = path;
    this.found = found;
    this.wanted = wanted;
  }
}

/** Refuses an option that is no whole number from some number on. Throws `UsageError`. */
export function assertWhole(path: string, value: number, from: number): void {
  if (Number.isSafeInteger(value) && value >= from) return;
  const wanted = `a whole number from ${from}`;
  throw new UsageError("bad-option", path, String(value), wanted);
}
