/** Thrown for bytes that nothing of ours has written. */
export class DecodeError extends Error {
  /** Always `DecodeError`. */
  override readonly name = "DecodeError";
  /** Always `malformed`. */
  readonly code = "malformed";
  /** The offset of the fault. */
  readonly at: number;
  /** What stands there. */
  readonly found: string;
  /** What should have. */
  readonly wanted: string;

  /** Names the fault. */
  constructor(at: number, found: string, wanted: string) {
    super(`Cannot decode: byte ${at} is ${found}, want ${wanted}`);
    this.at = at;
    this.found = found;
    this.wanted = wanted;
  }
}
