/**
 * A run that stands in the order: its elements in spans, and what hangs on them.
 *
 * @module
 */

import { compareKeys } from "../../codec/key_order.ts";
import { codePointsIn, slice } from "./elements.ts";
import {
  type Head,
  type Piece,
  type Place,
  type Run,
  sideBySide,
} from "./run.ts";
import type { Span } from "./span_tree.ts";

/** Elements of one run side by side in the whole, all there or all taken out. */
export interface RunSpan<VT> extends Span<RunSpan<VT>> {
  /** Their run. */
  readonly of: PlacedRun<VT>;
  /** The offset of the first. */
  readonly from: number;
  /** How many, those taken out included. */
  count: number;
}

/** A run that hangs on something that is there. */
export interface PlacedRun<VT> {
  /** Its key. */
  readonly key: string;
  /** What it hangs on. */
  readonly head: Head;
  /** Its spans, by offset. */
  readonly spans: RunSpan<VT>[];
  /** The runs that hang on its elements, by their keys. */
  readonly children: PlacedRun<VT>[];
  /** Its row. */
  row: Run<VT>;
}

/** Whether two heads say the same. */
export function sameHead(one: Head, other: Head): boolean {
  return one === other || one.side === other.side &&
      one.parent?.run === other.parent?.run &&
      one.parent?.at === other.parent?.at;
}

/** The offset behind the last element that has a span. */
export function placedEnd({ spans }: PlacedRun<unknown>): number {
  const last = spans.at(-1);
  return last ? last.from + last.count : 0;
}

/** The offset of the first element that is not known. */
export function knownEnd({ pieces }: Run<unknown>): number {
  let end = 0;
  for (const { from, count } of pieces) {
    if (from !== end) break;
    end += count;
  }
  return end;
}

/** Which of a run's spans holds an offset that it has. */
export function spanIndex({ spans }: PlacedRun<unknown>, at: number): number {
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle]!.from <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many UTF-16 units a piece's elements have between two offsets; 1 for what is no text. */
export function unitsBetween(
  { from, count, elements }: Piece<unknown>,
  start: number,
  end: number,
): number {
  if (elements === null) return 0;
  if (typeof elements !== "string" || elements.length === count) {
    return end - start;
  }
  return slice(elements, start - from, end - start).length;
}

/** How many of a span's elements stand before a UTF-16 unit; `null` for one within an element. */
export function elementsBefore<VT>(
  { of, from, count }: RunSpan<VT>,
  unit: number,
): number | null {
  let left = unit;
  let before = 0;
  for (const piece of sideBySide(of.row.pieces, from, from + count)) {
    const { elements } = piece;
    const units = unitsBetween(piece, piece.from, piece.from + piece.count);
    if (left < units) {
      const inside = typeof elements === "string"
        ? codePointsIn(elements, left)
        : left;
      return inside === null ? null : before + inside;
    }
    left -= units;
    before += piece.count;
  }
  return before;
}

/** Where runs are kept by their keys, the place of one. */
export function childIndex(
  children: readonly PlacedRun<unknown>[],
  key: string,
): number {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareKeys(children[middle]!.key, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first span of all that hangs on a run's first element, itself included. */
export function firstSpan<VT>(run: PlacedRun<VT>): RunSpan<VT> {
  let first = run;
  for (;;) {
    const left = first.children.find(({ head }) =>
      head.side === "left" && head.parent!.at === 0
    );
    if (!left) return first.spans[0]!;
    first = left;
  }
}

/** The last span of all that hangs on a run's elements from an offset on, themselves included. */
export function lastSpan<VT>(run: PlacedRun<VT>, from: number): RunSpan<VT> {
  let [last, at] = [run, from];
  for (;;) {
    const next = lastChild(last, at);
    if (!next) return last.spans.at(-1)!;
    [last, at] = [next, 0];
  }
}

/**
 * What stands behind all other elements: on the right of the first element that
 * has something there which comes after the run's own next one.
 */
function lastChild<VT>(
  run: PlacedRun<VT>,
  from: number,
): PlacedRun<VT> | null {
  const end = placedEnd(run) - 1;
  let found: PlacedRun<VT> | null = null;
  for (const child of run.children) {
    const { at } = child.head.parent!;
    if (child.head.side === "left" || at < from) continue;
    if (at < end && compareKeys(child.key, run.key) < 0) continue;
    // The children are in order: of one element's, the last one counts.
    if (found === null || at <= found.head.parent!.at) found = child;
  }
  return found;
}

/** The element that a place names, in words. */
export function placeOf(span: RunSpan<unknown>, offset: number): Place {
  return { run: span.of.key, at: span.from + offset };
}
