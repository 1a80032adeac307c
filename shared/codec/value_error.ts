import { WORDS } from "./words.ts";

/** Thrown for a value that the codec does not carry. */
export class ValueError extends Error {
  /** Always `ValueError`. */
  override readonly name = "ValueError";
  /** Always `bad-value`. */
  readonly code = "bad-value";
  /** Where in the value the fault is, such as `.a[3]`; `""` is the value itself. */
  readonly path: string;
  /** What was found there; empty where errors have no words. */
  readonly found: string;
  /** What was wanted. */
  readonly wanted: string;

  /** Names the fault. */
  constructor(path: string, found: string, wanted: string) {
    const where = `Cannot encode: value${path}`;
    super(WORDS ? `${where} is ${found}, want ${wanted}` : where);
    this.path = path;
    this.found = found;
    this.wanted = wanted;
  }
}

/** A `ValueError` to throw, with its words where errors have words. */
export function valueError(
  path: string,
  found: string,
  wanted: string,
): ValueError {
  return new ValueError(path, WORDS ? found : "", WORDS ? wanted : "");
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/** Writes a path of keys and indexes as code would: `.a[3]["b c"]`. */
export function formatPath(steps: readonly (string | number)[]): string {
  return steps.map((step) =>
    typeof step === "string" && PLAIN_NAME.test(step)
      ? `.${step}`
      : `[${JSON.stringify(step)}]`
  ).join("");
}
