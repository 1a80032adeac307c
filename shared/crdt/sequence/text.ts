import { describe } from "../../codec/describe.ts";
import type { MutationResult } from "../contract.ts";
import { crdtError } from "../crdt_error.ts";
import type { Sequence, SequenceState } from "./sequence.ts";

/** What a change of a text gives. */
export type TextChange = MutationResult<
  Sequence<string>,
  SequenceState<string>
>;

/**
 * A sequence of characters as editors see it: places are counted in UTF-16
 * units, as in a string, and no character is ever cut in two.
 *
 * ```ts
 * import { Sequence, textOf } from "@zonekit/shared";
 *
 * const empty = Sequence.startEmpty<string>("ann");
 * const { updatedCrdt: ann, message } = textOf(empty).insert(0, "tea \u{1f375}!");
 * const ben = Sequence.startEmpty<string>("ben").apply(message!);
 * console.assert(textOf(ben).length === 7);
 * const { updatedCrdt: plain } = textOf(ann).delete(4, 2);
 * console.assert(textOf(plain).toString() === "tea !");
 * ```
 */
export function textOf(sequence: Sequence<string>): Text {
  return new Text(sequence);
}

/** The text of one version of a sequence. */
export class Text {
  readonly #sequence: Sequence<string>;

  /** Shows a sequence as text. */
  constructor(sequence: Sequence<string>) {
    this.#sequence = sequence;
  }

  /** How many UTF-16 units there are. */
  get length(): number {
    return this.#sequence.units;
  }

  /** The text. */
  toString(): string {
    return this.#sequence.toString();
  }

  /** Inserts text before a unit, or behind all. Throws `CrdtError`, `ValueError` for half a character. */
  insert(index: number, text: string): TextChange {
    if (typeof text !== "string") {
      throw crdtError("bad-value", "", describe(text), "text");
    }
    return this.#sequence.insert(this.#sequence.elementAt(index), text);
  }

  /** Takes out so many units from one on. Throws `CrdtError` where that cuts a character. */
  delete(index: number, units: number): TextChange {
    const from = this.#sequence.elementAt(index);
    const to = this.#sequence.elementAt(index + units);
    return this.#sequence.delete(from, to - from);
  }
}
