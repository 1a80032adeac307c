/** A fault that the caller can mend; its message is one line and whole. */
export class SimError extends Error {
  /** Always `SimError`. */
  override readonly name = "SimError";

  /** Says what could not be done, what was found, and what was wanted. */
  constructor(doing: string, found: string, wanted = "") {
    const sentence = `Cannot ${doing}: ${found}`;
    super(oneLine(wanted === "" ? sentence : `${sentence}, want ${wanted}`));
  }
}

/** Says what went wrong in one line, whatever was thrown. */
export function oneLineOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  // What follows the first line of a syntax error is a picture of the source.
  return oneLine(text.split("\n\n")[0] ?? "");
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, " ");
}
