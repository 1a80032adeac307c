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
  return last ? last.from + last.count : 0;
}

/** What both know: what one of them knows to be out is out. `held` itself when it knows all. */
export function joinRuns<VT>(
  held: Run<VT> | undefined,
  incoming: Run<VT>,
): Run<VT> {
  if (held === undefined) return incoming;
  const pieces = incoming.pieces.reduce(joinPiece, held.pieces);
  const head = held.head ?? incoming.head;
  if (pieces === held.pieces && head === held.head) return held;
  return { head, pieces };
}

/** Pieces with one more; the same array where it is known already. */
function joinPiece<VT>(
  pieces: readonly Piece<VT>[],
  piece: Piece<VT>,
): readonly Piece<VT>[] {
  const last = pieces.at(-1);
  if (!last || last.from + last.count <= piece.from) {
    return append(pieces, piece);
  }
  const joined: Piece<VT>[] = [];
  const push = (next: Piece<VT>) => addTo(joined, next);
  let isNews = false;
  let at = piece.from;
  const end = piece.from + piece.count;
  for (const held of pieces) {
    const heldEnd = held.from + held.count;
    if (at < Math.min(held.from, end)) {
      isNews = true;
      push(part(piece, at, Math.min(held.from, end)));
      at = Math.min(held.from, end);
    }
    const [from, to] = [Math.max(held.from, at), Math.min(heldEnd, end)];
    if (from >= to || held.elements === null || piece.elements !== null) {
      push(held);
    } else {
      isNews = true;
      if (held.from < from) push(part(held, held.from, from));
      push({ from, count: to - from, elements: null });
      if (to < heldEnd) push(part(held, to, heldEnd));
    }
    at = Math.max(at, Math.min(heldEnd, end));
  }
  if (at < end) {
    isNews = true;
    push(part(piece, at, end));
  }
  return isNews ? joined : pieces;
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
