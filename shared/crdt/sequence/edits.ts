/**
 * What inserting and taking out change in runs.
 *
 * @module
 */

import type { Clock } from "../contract.ts";
import { countOf, type Elements, slice } from "./elements.ts";
import { placedEnd, type PlacedRun, type RunSpan } from "./placed_run.ts";
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
}

/** The runs' changes that insert elements before the one at an index. */
export function insertion<VT>(
  order: RunOrder<VT>,
  index: number,
  pieces: readonly Elements<VT>[],
  names: Names,
): Map<string, Run<VT>> {
  const left = index === 0 ? null : order.tree.find(index - 1, "live")!;
  const { head, typedOn } = placeAfter(order, left, names.author);
  const changes = new Map<string, Run<VT>>();
  let key = typedOn?.key ?? runKey(names, changes);
  let at = typedOn ? endOf(typedOn.row) : 0;
  let hangsOn: Head | null = typedOn ? null : head;
  for (const piece of pieces) {
    let rest = piece;
    for (let left = countOf(piece); left > 0;) {
      if (at === RUN_MAX) {
        hangsOn = { parent: { run: key, at: at - 1 }, side: "right" };
        key = runKey(names, changes);
        at = 0;
      }
      const count = Math.min(left, RUN_MAX - at);
      const elements = count === left ? rest : slice(rest, 0, count);
      const change = changes.get(key);
      const added = { from: at, count, elements };
      changes.set(key, {
        head: change ? change.head : hangsOn,
        pieces: [...change?.pieces ?? [], added],
      });
      at += count;
      left -= count;
      if (left > 0) rest = slice(rest, count, left);
    }
  }
  return changes;
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
  author: string,
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
  const typedOn = isOpen(order, left, author) ? run : null;
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

/** Whether another run hangs on an element's right. */
function hasRight<VT>({ children }: PlacedRun<VT>, at: number): boolean {
  return children.some(({ head }) =>
    head.side === "right" && head.parent!.at === at
  );
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
