/** What a `CrdtError` is about. */
export type CrdtErrorCode =
  | "bad-message"
  | "bad-key"
  | "bad-node-id"
  | "bad-timestamp"
  | "bad-value"
  | "bad-init"
  | "element-too-large"
  | "clock-exhausted";

/** Thrown for what a CRDT cannot take in; nothing has changed then. */
export class CrdtError extends Error {
  /** Always `CrdtError`. */
  override readonly name = "CrdtError";
  /** What it is about. */
  readonly code: CrdtErrorCode;
  /** Where in the message or argument the fault is, such as `["a"].timestamp`. */
  readonly path: string;
  /** What was found there. */
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
    super(`${code}: ${path === "" ? "it" : path} is ${found}, want ${wanted}`);
    this.code = code;
    this.path = path;
    this.found = found;
    this.wanted = wanted;
  }
}
