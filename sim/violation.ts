/**
 * A promise that was broken.
 *
 * @module
 */

/** Which promise, by whom, and how. */
export class Violation extends Error {
  /** Always `Violation`. */
  override readonly name = "Violation";
  /** The checker that found it. */
  readonly invariant: string;

  /** Names the promise and what was seen. */
  constructor(invariant: string, seen: string) {
    super(`${invariant}: ${seen}`);
    this.invariant = invariant;
  }
}
