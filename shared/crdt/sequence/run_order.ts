/**
 * The elements of all runs in the order that the tree of Fugue gives: the left
 * children of an element, itself, its right children; children of one side by
 * the key of their run. What a run hangs on may come later: until then it waits.
 *
 * @module
 */

import { compareKeys } from "../../codec/key_order.ts";
import type { RowIndex } from "../row_table.ts";
import {
  areSiblings,
  childIndex,
  firstSpan,
  knownEnd,
  lastSpan,
  placedEnd,
  type PlacedRun,
  type RunSpan,
  sameHead,
  spanIndex,
  unitsBetween,
} from "./placed_run.ts";
import { type Head, type Piece, type Run, sideBySide } from "./run.ts";
import { SpanTree } from "./span_tree.ts";

/** The elements of runs in their order. */
export class RunOrder<VT> implements RowIndex<Run<VT>> {
  /** The spans, in order. */
  readonly tree: SpanTree<RunSpan<VT>> = new SpanTree();
  /** The runs that are there, by key. */
  readonly placed: Map<string, PlacedRun<VT>> = new Map();
  /** The runs that hang on the beginning of all. */
  readonly first: PlacedRun<VT>[] = [];
  /** Rows of runs that wait for another's elements, by that one's key. */
  readonly #waiting = new Map<string, Map<string, Run<VT>>>();

  /** Takes in another row of a run. */
  put(
    key: string,
    before: Run<VT> | undefined,
    after: Run<VT> | undefined,
  ): void {
    const run = this.placed.get(key);
    const isThere = after?.head && knownEnd(after) > 0;
    if (run && isThere && sameHead(run.head, after.head!)) {
      return this.#change(run, after);
    }
    if (run) this.#unplace(run, 0);
    else if (before?.head?.parent) {
      this.#waiting.get(before.head.parent.run)?.delete(key);
    }
    if (isThere) this.#place(key, after);
  }

  /** Places a run, and those that have waited for it. */
  #place(key: string, row: Run<VT>): void {
    const open: [string, Run<VT>][] = [[key, row]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [at, placing] = next;
      if (!placing.head) continue;
      const run = this.#hang(at, placing, placing.head);
      if (run) { for (const one of this.#woken(run)) open.push(one); }
    }
  }

  /** Hangs a run on its parent, or has it wait. */
  #hang(key: string, row: Run<VT>, head: Head): PlacedRun<VT> | null {
    const { parent } = head;
    const above = parent ? this.placed.get(parent.run) : null;
    if (parent && (!above || parent.at >= placedEnd(above))) {
      const waiting = this.#waiting.get(parent.run) ?? new Map();
      this.#waiting.set(parent.run, waiting.set(key, row));
      return null;
    }
    const run: PlacedRun<VT> = { key, head, spans: [], children: [], row };
    const siblings = above ? above.children : this.first;
    const before = this.#spanBefore(head, key);
    siblings.splice(childIndex(siblings, head, key), 0, run);
    this.placed.set(key, run);
    this.#extend(run, before);
    return run;
  }

  /** Runs that have waited for this one. */
  #woken({ key }: PlacedRun<VT>): Iterable<[string, Run<VT>]> {
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    return waiting;
  }

  /** Another row of a run that is there, at the same place. */
  #change(run: PlacedRun<VT>, row: Run<VT>): void {
    const [was, end] = [placedEnd(run), knownEnd(row)];
    if (end < was) this.#unplace(run, end);
    this.#mark(run, row);
    const isOther = isReplaced(run.row, row);
    run.row = row;
    if (isOther) this.#recount(run);
    if (end <= was) return;
    const parent = { run: run.key, at: was - 1 };
    const head: Head = was > 0 ? { parent, side: "right" } : run.head;
    this.#extend(run, this.#spanBefore(head, run.key));
    for (const [key, waiting] of this.#woken(run)) this.#place(key, waiting);
  }

  /** Takes out a run's elements from an offset on, and all that hangs on them. */
  #unplace(run: PlacedRun<VT>, from: number): void {
    const open: [PlacedRun<VT>, number][] = [[run, from]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [out, start] = next;
      for (const child of [...out.children]) {
        if (child.head.parent!.at >= start) open.push([child, 0]);
      }
      this.#removeSpans(out, start);
      if (out === run && start > 0) continue;
      this.#unhang(out);
      // What was taken out with another waits for it.
      if (out !== run) this.#place(out.key, out.row);
    }
  }

  #removeSpans(run: PlacedRun<VT>, from: number): void {
    if (from > 0 && from < placedEnd(run)) this.#cut(run, from);
    while (placedEnd(run) > from) this.tree.remove(run.spans.pop()!);
  }

  #unhang({ key, head }: PlacedRun<VT>): void {
    const { parent } = head;
    const siblings = parent
      ? this.placed.get(parent.run)?.children
      : this.first;
    siblings?.splice(childIndex(siblings, head, key), 1);
    this.placed.delete(key);
  }

  /** Adds what the row has behind the last element that is there, after a span. */
  #extend(run: PlacedRun<VT>, before: RunSpan<VT> | null): void {
    let previous = before;
    let at = placedEnd(run);
    for (const piece of run.row.pieces) {
      const end = piece.from + piece.count;
      if (end <= at) continue;
      if (piece.from > at) break;
      const last = run.spans.at(-1);
      const live = piece.elements === null ? 0 : end - at;
      const units = unitsBetween(piece, at, end);
      if (last && last === previous && (last.live > 0) === (live > 0)) {
        last.count += end - at;
        this.tree.resize(last, last.live + live, last.units + units);
      } else {
        const count = end - at;
        const span = { of: run, from: at, count, live, units, leaf: null };
        this.tree.insertAfter(previous, span);
        run.spans.push(span);
        previous = span;
      }
      at = end;
    }
  }

  /** Makes spans say what another row does of which elements are taken out. */
  #mark(run: PlacedRun<VT>, row: Run<VT>): void {
    for (const piece of row.pieces) {
      const isLive = piece.elements !== null;
      const end = Math.min(piece.from + piece.count, placedEnd(run));
      for (let at = piece.from; at < end;) {
        let span = run.spans[spanIndex(run, at)]!;
        const to = Math.min(end, span.from + span.count);
        if ((span.live > 0) !== isLive) {
          if (span.from < at) span = this.#cut(run, at);
          if (to < span.from + span.count) this.#cut(run, to);
          const units = unitsBetween(piece, at, to);
          this.tree.resize(span, isLive ? to - at : 0, units);
        }
        at = to;
      }
    }
  }

  /** Counts the units of a run anew whose elements are others. */
  #recount({ spans, row }: PlacedRun<VT>): void {
    for (const span of spans) {
      if (span.live === 0) continue;
      const units = unitsIn(row, span.from, span.from + span.count);
      this.tree.resize(span, span.live, units);
    }
  }

  /** Cuts so that a span begins at an offset; returns that. */
  #cut(run: PlacedRun<VT>, at: number): RunSpan<VT> {
    const i = spanIndex(run, at);
    const span = run.spans[i]!;
    if (span.from === at) return span;
    const count = span.from + span.count - at;
    const live = span.live > 0 ? count : 0;
    const units = span.live > 0 ? unitsIn(run.row, at, at + count) : 0;
    const rest = { of: run, from: at, count, live, units, leaf: null };
    span.count -= count;
    this.tree.resize(span, span.live - live, span.units - units);
    this.tree.insertAfter(span, rest);
    run.spans.splice(i + 1, 0, rest);
    return rest;
  }

  /** Behind which span a child comes, that has a run's key; `null` for none. */
  #spanBefore(head: Head, key: string): RunSpan<VT> | null {
    const { parent, side } = head;
    const above = parent ? this.placed.get(parent.run)! : null;
    const siblings = above ? above.children : this.first;
    const at = childIndex(siblings, head, key);
    const [lower, upper] = [siblings[at - 1], siblings[at]].map((one) =>
      one && areSiblings(one.head, head) ? one : null
    );
    if (!above || !parent) {
      if (lower) return lastSpan(lower, 0);
      return null;
    }
    const next = parent.at + 1;
    const hasNext = side === "right" && next < placedEnd(above) &&
      compareKeys(above.key, key) < 0;
    if (hasNext && (!lower || compareKeys(lower.key, above.key) < 0)) {
      return lastSpan(above, next);
    }
    if (lower) return lastSpan(lower, 0);
    if (side === "left") {
      const first = upper ? firstSpan(upper) : this.#cut(above, parent.at);
      return this.tree.before(first);
    }
    if (next < placedEnd(above)) this.#cut(above, next);
    return above.spans[spanIndex(above, parent.at)]!;
  }
}

/** Whether a run has other elements than it had: an author's own that its copy has written too. */
function isReplaced(before: Run<unknown>, after: Run<unknown>): boolean {
  return after.pieces.some(({ from, elements: now }, i) => {
    const was = before.pieces[i]?.from === from && before.pieces[i].elements;
    if (typeof was !== "string" || typeof now !== "string") return false;
    return !now.startsWith(was) && !was.startsWith(now);
  });
}

function unitsIn<VT>(row: Run<VT>, from: number, to: number): number {
  return sideBySide(row.pieces, from, to)
    .reduce(
      (sum, piece: Piece<VT>) =>
        sum + unitsBetween(piece, piece.from, piece.from + piece.count),
      0,
    );
}
