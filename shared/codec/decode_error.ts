import { WORDS } from "./words.ts";

/** Thrown for bytes that nothing of ours has written. */
export class DecodeError extends Error {
  /** Always `DecodeError`. */
  override readonly name = "DecodeError";
  /** Always `malformed`. */
  readonly code = "malformed";
  /** The offset of the fault. */
  readonly at: number;
  /** What stands there; empty where errors have no words. */
  readonly found: string;
  /** What should have. */
  readonly wanted: string;

  /** Names the fault. */
  constructor(at: number, found: string, wanted: string) {
    const where = `Cannot decode: byte ${at}`;
    super(WORDS ? `${where} is ${found}, want ${wanted}` : where);
    this.at = at;
    this.found = found;
    this.wanted = wanted;
  }
}

/** A `DecodeError` to throw, with its words where errors have words. */
export function decodeError(
  at: number,
  found: string,
  wanted: string,
): DecodeError {
  return new DecodeError(at, WORDS ? found : "", WORDS ? wanted : "");
}
