/**
 * What a planted bug is: a change of a line or two of the shipped code that a
 * tired engineer could make. The memory world must catch every one.
 *
 * @module
 */

/** A bug to plant. */
export interface Plant {
  /** What it is. */
  readonly name: string;
  /** The file, from the root of the repository. */
  readonly file: string;
  /** What stands there. */
  readonly find: string;
  /** What is put in its place. */
  readonly put: string;
  /** The scenario that is to catch it; `todo` unless said otherwise. */
  readonly scenario?: string;
}
