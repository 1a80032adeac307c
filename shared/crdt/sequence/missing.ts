import { type Piece, pieceIndex, type Place, type Run } from "./run.ts";

/**
 * What a run's change needs that is not there: the element that it hangs on, the
 * one that it is typed on behind, room for what it adds, and those that it takes
 * out. Nobody takes out what is to come.
 */
export function missingOf(
  key: string,
  { head, pieces }: Run<unknown>,
  rowAt: (key: string) => Run<unknown> | undefined,
): string | null {
  const held = rowAt(key);
  const known = held?.pieces ?? [];
  const parent = head?.parent;
  if (parent && !isKnown(rowAt(parent.run)?.pieces ?? [], parent.at, 1)) {
    return nameOf(parent);
  }
  let end = 0;
  for (const { from, count, elements } of pieces) {
    if (elements === null) {
      if (!isKnown(known, from, count)) return nameOf({ run: key, at: from });
      continue;
    }
    if (from === 0 && !(head ?? held?.head)) return `where ${key} begins`;
    const before = { run: key, at: from - 1 };
    if (from > end && !isKnown(known, before.at, 1)) return nameOf(before);
    const next = known[pieceIndex(known, from)];
    if (next && next.from < from + count) return `room at ${from} of ${key}`;
    end = from + count;
  }
  return null;
}

/** Whether pieces have all elements of a stretch. */
function isKnown(
  pieces: readonly Piece<unknown>[],
  from: number,
  count: number,
): boolean {
  let at = from;
  for (let i = pieceIndex(pieces, from); at < from + count; i++) {
    const piece = pieces[i];
    if (!piece || piece.from > at) return false;
    at = piece.from + piece.count;
  }
  return true;
}

function nameOf({ run, at }: Place): string {
  return `element ${at} of ${run}`;
}
