import type { Place, Run } from "./run.ts";
import { sideBySide } from "./run.ts";

/**
 * What a run's change needs that is not there: the element that it hangs on, the
 * one that it is typed on behind, those that it takes out. Nobody takes out what
 * is to come.
 */
export function missingOf(
  key: string,
  { head, pieces }: Run<unknown>,
  rowAt: (key: string) => Run<unknown> | undefined,
): string | null {
  const held = rowAt(key);
  const parent = head?.parent;
  if (parent && !isKnown(rowAt(parent.run), parent.at, 1)) {
    return nameOf(parent);
  }
  let end = 0;
  for (const { from, count, elements } of pieces) {
    if (elements === null) {
      if (!isKnown(held, from, count)) return nameOf({ run: key, at: from });
      continue;
    }
    if (from === 0 && !(head ?? held?.head)) return `where ${key} begins`;
    const before = { run: key, at: from - 1 };
    if (from > end && !isKnown(held, before.at, 1)) return nameOf(before);
    end = from + count;
  }
  return null;
}

function isKnown(
  run: Run<unknown> | undefined,
  from: number,
  count: number,
): boolean {
  const known = sideBySide(run?.pieces ?? [], from, from + count);
  return known.reduce((sum, piece) => sum + piece.count, 0) === count;
}

function nameOf({ run, at }: Place): string {
  return `element ${at} of ${run}`;
}
