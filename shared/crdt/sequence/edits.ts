/**
 * What inserting and taking out change in runs.
 *
 * @module
 */

import type { Clock } from "../contract.ts";
import { encodeValue } from "../../codec/value.ts";
import { type Elements, take } from "./elements.ts";
import {
  hasRight,
  placedEnd,
  type PlacedRun,
  type RunSpan,
} from "./placed_run.ts";
import {
  addTo,
  endOf,
  type Head,
  type Piece,
  type Place,
  type Run,
  RUN_MAX,
} from "./run.ts";
import type { RunOrder } from "./run_order.ts";

/** What runs are named after. */
export interface Names {
  /** Who writes. */
  readonly author: string;
  /** When. */
  readonly clock: Clock;
  /** Whether a run has a key already. */
  readonly isTaken: (key: string) => boolean;
  /** Whether all that the author has written is here, and its runs can go on. */
  readonly goesOn: boolean;
}

/** The runs' changes that insert elements before the one at an index. */
export function insertion<VT>(
  order: RunOrder<VT>,
  index: number,
  pieces: readonly Elements<VT>[],
  names: Names,
): Map<string, Run<VT>> {
  const left = index === 0 ? null : order.tree.find(index - 1, "live")!;
  const { head, typedOn } = placeAfter(order, left, names);
  const changes = new Map<string, Run<VT>>();
  let key = typedOn?.key ?? runKey(names, changes);
  let at = typedOn ? endOf(typedOn.row) : 0;
  let values = typedOn ? valuesIn(typedOn.row) : 0;
  let hangsOn: Head | null = typedOn ? null : head;
  for (const piece of pieces.flatMap(inSmallLots)) {
    for (let from = 0; from < piece.length;) {
      const isText = typeof piece === "string";
      if (at === RUN_MAX || !isText && values + piece.length > VALUES_MAX) {
        hangsOn = { parent: { run: key, at: at - 1 }, side: "right" };
        key = runKey(names, changes);
        at = 0;
        values = 0;
      }
      const { taken, count, to } = take(piece, from, RUN_MAX - at);
      const change = changes.get(key);
      changes.set(key, {
        head: change ? change.head : hangsOn,
        pieces: [
          ...change?.pieces ?? [],
          { from: at, count, elements: taken },
        ],
      });
      at += count;
      from = to;
      if (!isText) values += isLarge(piece[0]) ? VALUES_MAX : count;
    }
  }
  return changes;
}

/** So many values that are no text a run may have: a row stays small. */
const VALUES_MAX = 64;
/** One that has more bytes stands in a run of its own. */
const VALUE_BYTES_MAX = 1_024;

/** Text as it is; other values so many at a time as a run may have. */
function inSmallLots<VT>(elements: Elements<VT>): Elements<VT>[] {
  if (typeof elements === "string") return [elements];
  const lots: VT[][] = [];
  for (const value of elements) {
    const last = lots.at(-1);
    const isOpen = last && last.length < VALUES_MAX && !isLarge(last[0]);
    if (isOpen && !isLarge(value)) last.push(value);
    else lots.push([value]);
  }
  return lots;
}

function isLarge(value: unknown): boolean {
  return typeof value === "object" && value !== null ||
      typeof value === "string" && value.length > VALUE_BYTES_MAX / 4 ||
      typeof value === "bigint"
    ? encodeValue(value).length > VALUE_BYTES_MAX
    : false;
}

/** How many values that are no text a run has; as many as may be where one of them is large. */
function valuesIn({ pieces }: Run<unknown>): number {
  let count = 0;
  for (const { elements } of pieces) {
    if (typeof elements !== "object" || elements === null) continue;
    count += isLarge(elements[0]) ? VALUES_MAX : elements.length;
  }
  return count;
}

/** The runs' changes that take out elements from the one at an index on. */
export function deletion<VT>(
  order: RunOrder<VT>,
  index: number,
  count: number,
): Map<string, Run<VT>> {
  const changes = new Map<string, Piece<VT>[]>();
  const found = order.tree.find(index, "live")!;
  let span: RunSpan<VT> | null = found.span;
  let { offset } = found;
  for (let left = count; span && left > 0; span = order.tree.after(span)) {
    if (span.live === 0) continue;
    const out = Math.min(left, span.live - offset);
    const { key } = span.of;
    const pieces = changes.get(key) ?? [];
    addTo(pieces, { from: span.from + offset, count: out, elements: null });
    changes.set(key, pieces);
    left -= out;
    offset = 0;
  }
  return new Map(
    [...changes].map(([key, pieces]) => [key, { head: null, pieces }]),
  );
}

interface Found<VT> {
  readonly span: RunSpan<VT>;
  readonly offset: number;
}

/** What is put behind an element hangs on: that, or the next one where that has something on its right. */
function placeAfter<VT>(
  order: RunOrder<VT>,
  left: Found<VT> | null,
  { author, goesOn }: Names,
): { readonly head: Head; readonly typedOn: PlacedRun<VT> | null } {
  if (!left) {
    const first = order.tree.after(null);
    const head: Head = first
      ? { parent: placeIn(first, 0), side: "left" }
      : { parent: null, side: "right" };
    return { head, typedOn: null };
  }
  const { span, offset } = left;
  const parent = placeIn(span, offset);
  const run = span.of;
  const typedOn = goesOn && isOpen(order, left, author) ? run : null;
  const isLast = parent.at === placedEnd(run) - 1;
  if (typedOn || isLast && !hasRight(run, parent.at)) {
    return { head: { parent, side: "right" }, typedOn };
  }
  const next = offset + 1 < span.count
    ? placeIn(span, offset + 1)
    : placeIn(order.tree.after(span)!, 0);
  return { head: { parent: next, side: "left" }, typedOn: null };
}

/** Whether an author's run goes on behind an element: it has nothing there but what was taken out. */
function isOpen<VT>(
  { tree }: RunOrder<VT>,
  { span, offset }: Found<VT>,
  author: string,
): boolean {
  const { of: run } = span;
  const end = placedEnd(run);
  const isOwn = authorOf(run.key) === author && endOf(run.row) === end;
  if (!isOwn || end === RUN_MAX || offset < span.count - 1) return false;
  let at = span.from + span.count;
  for (let next = tree.after(span); at < end; next = tree.after(next)) {
    if (next?.of !== run || next.live > 0) return false;
    at = next.from + next.count;
  }
  return !hasRight(run, end - 1);
}

function placeIn<VT>({ of, from }: RunSpan<VT>, offset: number): Place {
  return { run: of.key, at: from + offset };
}

/** A key that no other run has. */
function runKey(
  { author, clock, isTaken }: Names,
  changes: ReadonlyMap<string, unknown>,
): string {
  for (let stamp = clock.now();; stamp++) {
    const key = `${author}.${stamp.toString(36)}`;
    if (!isTaken(key) && !changes.has(key)) return key;
  }
}

/** Whose run a key names. */
export function authorOf(key: string): string {
  return key.slice(0, key.lastIndexOf("."));
}
