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
  /** The runs that hang on its elements: by those, their sides, and their own keys. */
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

/** The place of a run among others that hang on the same run. */
export function childIndex(
  children: readonly PlacedRun<unknown>[],
  head: Head,
  key: string,
): number {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const child = children[middle]!;
    const order = compareHeads(child.head, head) ||
      compareKeys(child.key, key);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Children are kept by their element, those on its left first. */
function compareHeads(one: Head, other: Head): number {
  const ahead = (one.parent?.at ?? -1) - (other.parent?.at ?? -1);
  if (ahead !== 0 || one.side === other.side) return ahead;
  return one.side === "left" ? -1 : 1;
}

/** Whether two runs hang on one element, on one side. */
export function areSiblings(one: Head, other: Head): boolean {
  return compareHeads(one, other) === 0;
}

/** Whether another run hangs on an element's right. */
export function hasRight({ key, children }: PlacedRun<unknown>, at: number) {
  const head: Head = { parent: { run: key, at }, side: "right" };
  const child = children[childIndex(children, head, "")];
  return child !== undefined && areSiblings(child.head, head);
}

/** The first span of all that hangs on a run's first element, itself included. */
export function firstSpan<VT>(run: PlacedRun<VT>): RunSpan<VT> {
  let first = run;
  for (;;) {
    const [child] = first.children;
    const isBefore = child?.head.side === "left" && child.head.parent!.at === 0;
    if (!isBefore) return first.spans[0]!;
    first = child;
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
  const { key, children } = run;
  const end = placedEnd(run) - 1;
  const indexOf = (at: number) =>
    childIndex(children, { parent: { run: key, at }, side: "left" }, "");
  for (let i = indexOf(from); i < children.length;) {
    const { at } = children[i]!.head.parent!;
    const next = indexOf(at + 1);
    const last = children[next - 1]!;
    const comesAfter = at >= end || compareKeys(last.key, key) > 0;
    if (last.head.side === "right" && comesAfter) return last;
    i = next;
  }
  return null;
}

/** The element that a place names, in words. */
export function placeOf(span: RunSpan<unknown>, offset: number): Place {
  return { run: span.of.key, at: span.from + offset };
}
