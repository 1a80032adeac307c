/**
 * A text as somebody writes it, letter by letter, by chance from a seed: bursts
 * of typing, most of them where the last one ended, some letters taken back at
 * once, now and then a passage pasted or taken out, and half of all leaps to
 * somewhere near.
 *
 * @module
 */

/** One edit: so many units go from a place, and text comes there. */
export interface Edit {
  /** Where, in UTF-16 units. */
  readonly at: number;
  /** How many units go. */
  readonly gone: number;
  /** What comes. */
  readonly text: string;
}

const LETTERS = "etaoin shrdlu cmfwyp vbgkjq xz etaoin shrdlu    ";
const NEAR = 400;

/** Chance that a seed repeats (a linear congruential generator, Knuth's MMIX upper bits). */
function chanceOf(seed: bigint): (below: number) => number {
  let state = seed;
  return (below) => {
    state = BigInt.asUintN(
      64,
      state * 6364136223846793005n + 1442695040888963407n,
    );
    return Number((state >> 33n) % BigInt(below));
  };
}

/** So many edits of one author, from a seed. */
export function traceOf(edits: number, seed = 1n): Edit[] {
  const below = chanceOf(seed);
  const trace: Edit[] = [];
  let [cursor, length] = [0, 0];
  const edit = (at: number, gone: number, text: string) => {
    trace.push({ at, gone, text });
    length += text.length - gone;
    cursor = at + text.length;
  };
  const words = (count: number) =>
    Array.from({ length: count }, () => LETTERS[below(LETTERS.length)]).join(
      "",
    );
  while (trace.length < edits) {
    for (let left = 1 + below(60); left > 0; left--) edit(cursor, 0, words(1));
    const next = below(100);
    if (next < 30) {
      for (let left = Math.min(1 + below(8), cursor); left > 0; left--) {
        edit(cursor - 1, 1, "");
      }
    } else if (next < 33) edit(cursor, 0, words(20 + below(180)));
    else if (next < 38) {
      const gone = Math.min(5 + below(60), length - cursor);
      if (gone > 0) edit(cursor, gone, "");
    } else if (next < 50) cursor = below(length + 1);
    else if (next < 62) {
      const leap = cursor + below(2 * NEAR) - NEAR;
      cursor = Math.max(0, Math.min(length, leap));
    }
  }
  return trace.slice(0, edits);
}

/** The text that a trace ends with: the slow way, for comparison. */
export function textAfter(trace: readonly Edit[]): string {
  let text = "";
  for (const { at, gone, text: more } of trace) {
    text = text.slice(0, at) + more + text.slice(at + gone);
  }
  return text;
}
