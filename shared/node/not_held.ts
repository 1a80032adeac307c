/**
 * Thrown inside an evaluation that reads rows which this node does not hold: the
 * evaluation waits, the range is demanded upstream, and it runs again.
 *
 * @module
 */

import type { KeyRange } from "../ports/rows.ts";

/** Names the rows that are missing. It is no fault, so it carries no stack. */
export class NotHeld {
  /** The var. */
  readonly path: string;
  /** The range of it that was read. */
  readonly range: KeyRange;

  /** Says what is missing. */
  constructor(path: string, range: KeyRange) {
    this.path = path;
    this.range = range;
  }
}
