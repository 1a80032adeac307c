/** Thrown for a spec that cannot run, with its first fault. */
export class SpecError extends Error {
  /** Always `SpecError`. */
  override readonly name = "SpecError";
  /** Always `bad-spec`. */
  readonly code = "bad-spec";
  /** Where in the spec the fault is; `""` is the spec itself. */
  readonly path: string;
  /** What was found there. */
  readonly found: string;
  /** What was wanted. */
  readonly wanted: string;

  /** Names the fault. */
  constructor(path: string, found: string, wanted: string) {
    super(
      `Cannot use this spec: ${path || "it"} is ${found}, want ${wanted}`,
    );
    this.path = path;
    this.found = found;
    this.wanted = wanted;
  }
}
