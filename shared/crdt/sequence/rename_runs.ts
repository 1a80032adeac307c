/**
 * What an author wrote under another id, named after the new one: the runs of a
 * tab whose number somebody else has used, or of a write that is made again.
 *
 * @module
 */

import type { NewName, Rename } from "../contract.ts";
import { type Head, type Piece, type Run, sideBySide } from "./run.ts";

/** The run that has the elements of another from an offset on. */
interface Moved {
  readonly key: string;
  readonly from: number;
}

/**
 * Names the elements anew that another id has put: those of a new run, and those
 * that were typed on, as a run behind what stays. What hangs on them or takes
 * them out speaks of the new ones.
 */
export function renameRuns({ actor, now }: NewName): Rename<Run<unknown>> {
  const runs = new Map<string, Moved>();
  return (key, run) => {
    const first = run.pieces.find(({ elements }) => elements !== null);
    const isFirst = first && !runs.has(key);
    if (isFirst) {
      const from = run.head ? 0 : first.from;
      runs.set(key, { key: `${actor}.${now().toString(36)}`, from });
    }
    const head = movedHead(runs, run.head);
    const to = runs.get(key);
    if (!to) return [[key, { ...run, head }]];
    const behind: Head = {
      parent: { run: key, at: to.from - 1 },
      side: "right",
    };
    const goes = {
      head: isFirst ? head ?? behind : null,
      pieces: piecesFrom(run, to),
    };
    const stays = { head: null, pieces: sideBySide(run.pieces, 0, to.from) };
    return [[key, stays] as const, [to.key, goes] as const]
      .filter(([, { pieces }]) => pieces.length > 0);
  };
}

/** What a run has from an offset on, counted from there. */
function piecesFrom(
  { pieces }: Run<unknown>,
  { from }: Moved,
): Piece<unknown>[] {
  return sideBySide(pieces, from, Infinity)
    .map((piece) => ({ ...piece, from: piece.from - from }));
}

function movedHead(
  runs: ReadonlyMap<string, Moved>,
  head: Head | null,
): Head | null {
  if (!head?.parent) return head;
  const { run, at } = head.parent;
  const to = runs.get(run);
  if (!to || at < to.from) return head;
  return { ...head, parent: { run: to.key, at: at - to.from } };
}
