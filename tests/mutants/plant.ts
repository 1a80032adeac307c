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
  /** Whether one promise alone is to see it: then it is asked what the others see. */
  readonly alone?: true;
}

/** A bug to plant in the types, the clock or the codec: the laws must catch it. */
export type LawPlant = Pick<Plant, "name" | "file" | "find" | "put">;
