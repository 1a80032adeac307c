/** What every assertion of this package throws when it does not hold. */
export class AssertionError extends Error {
  /** Makes an error with a message and, where there is one, a cause. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Puts the caller's message, where there is one, behind what was found. */
export function withNote(found: string, msg: string | undefined): string {
  return msg ? `${found}: ${msg}` : found;
}
