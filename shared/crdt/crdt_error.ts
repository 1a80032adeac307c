import { WORDS } from "../codec/words.ts";

/** What a `CrdtError` is about. */
export type CrdtErrorCode =
  | "bad-message"
  | "bad-key"
  | "bad-node-id"
  | "bad-timestamp"
  | "bad-value"
  | "bad-init"
  | "bad-name"
  | "element-too-large"
  | "bad-amount"
  | "bad-range"
  | "clock-exhausted";

/** Thrown for what a CRDT cannot take in; nothing has changed then. */
export class CrdtError extends Error {
  /** Always `CrdtError`. */
  override readonly name = "CrdtError";
  /** What it is about. */
  readonly code: CrdtErrorCode;
  /** Where in the message or argument the fault is, such as `["a"].timestamp`. */
  readonly path: string;
  /** What was found there; empty where errors have no words. */
  readonly found: string;
  /** What was wanted. */
  readonly wanted: string;

  /** Names the fault. */
  constructor(
    code: CrdtErrorCode,
    path: string,
    found: string,
    wanted: string,
  ) {
    const where = `${code}: ${path === "" ? "it" : path}`;
    super(WORDS ? `${where} is ${found}, want ${wanted}` : where);
    this.code = code;
    this.path = path;
    this.found = found;
    this.wanted = wanted;
  }
}

/** A `CrdtError` to throw, with its words where errors have words. */
export function crdtError(
  code: CrdtErrorCode,
  path: string,
  found: string,
  wanted: string,
): CrdtError {
  return new CrdtError(
    code,
    path,
    WORDS ? found : "",
    WORDS ? wanted : "",
  );
}
