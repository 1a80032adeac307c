/**
 * The row of a run: what an author has put in one go, or typed on, one element
 * behind the other. An element is named by its run and its offset in it; each is
 * the right child of the one before, in the tree of Fugue (Weidner and Kleppmann,
 * "The Art of the Fugue", 2023). Of what was taken out, only the place stays.
 *
 * @module
 */

import { concat, countOf, type Elements, slice } from "./elements.ts";

/** Where an element is: in which run, and at which offset. */
export interface Place {
  /** The run's key. */
  readonly run: string;
  /** The element's offset in it. */
  readonly at: number;
}

/** What a run hangs on. */
export interface Head {
  /** The element that it is a child of; `null` for the beginning of all. */
  readonly parent: Place | null;
  /** Whether it stands before that, or after it. */
  readonly side: "left" | "right";
}

/** Elements of a run that lie side by side. */
export interface Piece<VT> {
  /** The offset of the first. */
  readonly from: number;
  /** How many. */
  readonly count: number;
  /** What they are; `null` for what was taken out. */
  readonly elements: Elements<VT> | null;
}

/** A run, or what is known of one. */
export interface Run<VT> {
  /** What it hangs on; `null` while that is not known. */
  readonly head: Head | null;
  /** What is known of its elements, by offset, none of them twice. */
  readonly pieces: readonly Piece<VT>[];
}

/** So many elements a run may have: a row stays small. */
export const RUN_MAX = 512;

/** The offset behind the last element that is known. */
export function endOf({ pieces }: Run<unknown>): number {
  const last = pieces.at(-1);
  return last ? endAt(last) : 0;
}

/** What both know: what one of them knows to be out is out. `held` itself when it knows all. */
export function joinRuns<VT>(
  held: Run<VT> | undefined,
  incoming: Run<VT>,
): Run<VT> {
  if (held === undefined) return incoming;
  const pieces = joinPieces(held.pieces, incoming.pieces);
  const head = held.head ?? incoming.head;
  if (pieces === held.pieces && head === held.head) return held;
  return { head, pieces };
}

/** Pieces of both; the first array itself where it has all. */
function joinPieces<VT>(
  held: readonly Piece<VT>[],
  incoming: readonly Piece<VT>[],
): readonly Piece<VT>[] {
  const [first, ...others] = incoming;
  const last = held.at(-1);
  if (first && others.length === 0 && (!last || endAt(last) <= first.from)) {
    return append(held, first);
  }
  const stretches = [...sideOn(held, incoming)];
  if (!stretches.some(isNews)) return held;
  const joined: Piece<VT>[] = [];
  for (const { from, to, one, other } of stretches) {
    const isGone = one?.elements === null || other?.elements === null;
    const elements = isGone ? null : part((one ?? other)!, from, to).elements;
    addTo(joined, { from, count: to - from, elements });
  }
  return joined;
}

/** A stretch of a run, and which piece of each side has it. */
interface Stretch<VT> {
  readonly from: number;
  readonly to: number;
  readonly one: Piece<VT> | null;
  readonly other: Piece<VT> | null;
}

/** Whether the second side knows something of a stretch that the first does not. */
function isNews({ one, other }: Stretch<unknown>): boolean {
  if (!other) return false;
  return !one || (one.elements !== null && other.elements === null);
}

/** The stretches of a run that either side has, in one pass over both. */
function* sideOn<VT>(
  ones: readonly Piece<VT>[],
  others: readonly Piece<VT>[],
): Iterable<Stretch<VT>> {
  let [i, j, from] = [0, 0, 0];
  while (i < ones.length || j < others.length) {
    const [one, other] = [ones[i], others[j]];
    from = Math.max(
      from,
      Math.min(one?.from ?? Infinity, other?.from ?? Infinity),
    );
    const [hasOne, hasOther] = [one, other].map((piece) =>
      piece !== undefined && piece.from <= from
    );
    const to = Math.min(borderOf(one, from), borderOf(other, from));
    yield {
      from,
      to,
      one: hasOne ? one! : null,
      other: hasOther ? other! : null,
    };
    from = to;
    if (one && endAt(one) === to) i++;
    if (other && endAt(other) === to) j++;
  }
}

/** Where a piece begins or ends, from an offset on. */
function borderOf(piece: Piece<unknown> | undefined, from: number): number {
  if (!piece) return Infinity;
  return piece.from > from ? piece.from : endAt(piece);
}

function endAt({ from, count }: Piece<unknown>): number {
  return from + count;
}

/** Pieces with one behind them. */
function append<VT>(
  pieces: readonly Piece<VT>[],
  piece: Piece<VT>,
): readonly Piece<VT>[] {
  const longer = [...pieces];
  addTo(longer, piece);
  return longer;
}

/** Adds a piece behind the last, as one with it where they are of one kind. */
export function addTo<VT>(pieces: Piece<VT>[], piece: Piece<VT>): void {
  const last = pieces.at(-1);
  if (last && last.from + last.count === piece.from) {
    const both = last.elements === null || piece.elements === null
      ? last.elements === piece.elements ? null : undefined
      : concat(last.elements, piece.elements) ?? undefined;
    if (both !== undefined) {
      const count = last.count + piece.count;
      pieces[pieces.length - 1] = { from: last.from, count, elements: both };
      return;
    }
  }
  pieces.push(piece);
}

/** The part of a piece between two offsets of its run. */
export function part<VT>(
  { from, count, elements }: Piece<VT>,
  start: number,
  end: number,
): Piece<VT> {
  if (start === from && end === from + count) return { from, count, elements };
  return {
    from: start,
    count: end - start,
    elements: elements && slice(elements, start - from, end - start),
  };
}

/** What pieces have between two offsets. */
export function sideBySide<VT>(
  pieces: readonly Piece<VT>[],
  start: number,
  end: number,
): Piece<VT>[] {
  return pieces.flatMap((piece) => {
    const from = Math.max(piece.from, start);
    const to = Math.min(piece.from + piece.count, end);
    return from < to ? [part(piece, from, to)] : [];
  });
}

/** A piece of these elements. */
export function pieceOf<VT>(from: number, elements: Elements<VT>): Piece<VT> {
  return { from, count: countOf(elements), elements };
}

/** The first piece that ends behind an offset: its place among the others. */
export function pieceIndex(
  pieces: readonly Piece<unknown>[],
  at: number,
): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endAt(pieces[middle]!) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
