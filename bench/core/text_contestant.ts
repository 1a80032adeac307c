/**
 * What is measured of a text: each contestant does the same with its own means.
 *
 * @module
 */

import type { Delta } from "./contestant.ts";

/** A replica of a text; places are in UTF-16 units. */
export interface TextReplica {
  /** Puts text in; returns what others must be told. */
  insert(at: number, text: string): Delta;
  /** Takes units out; returns what others must be told. */
  remove(at: number, units: number): Delta;
  /** Takes in what another replica has told. */
  merge(delta: Delta): void;
  /** The text. */
  read(): string;
  /** All that is known, as it would be stored. */
  save(): Delta;
}

/** Something that makes replicas. */
export interface TextContestant {
  /** What it is called in the table. */
  readonly name: string;
  /** A replica that knows nothing; all of one run can be merged. */
  open(actor: string): TextReplica;
  /** A replica of what was stored. */
  load(actor: string, saved: Delta): TextReplica;
}
