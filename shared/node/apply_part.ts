/**
 * Taking in rows that came down: they replace what was held at their keys.
 *
 * @module
 */

import type { StoredRow } from "../ports/rows.ts";
import type { Part } from "../protocol/live.ts";
import type { DraftRows } from "./draft_rows.ts";

/** A row that became another. */
export interface Change {
  /** Where it is held. */
  readonly path: string;
  /** Its key. */
  readonly key: string;
  /** What was held before. */
  readonly before: StoredRow | undefined;
  /** What is held now. */
  readonly after: StoredRow | undefined;
}

/**
 * Applies a part to the rows at `path`, and returns what became of it. Where rows
 * are `ordered` by the master's seq, an older one never replaces a newer one: but
 * for a replacing page, which may be of another history.
 */
export function applyPart(
  draft: DraftRows,
  path: string,
  part: Part,
  ordered: boolean,
): Change[] {
  const changes: Change[] = [];
  const isOrdered = ordered && part.replace === null;
  const put = (key: string, after: StoredRow | undefined) => {
    const before = draft.get(path, key);
    if (after && before && isOrdered && after.seq < before.seq) return;
    if (!after && !before) return;
    if (after) draft.put(path, key, after.seq, after.body);
    else draft.remove(path, key);
    changes.push({ path, key, before, after });
  };
  if (part.replace) {
    const kept = new Set(part.rows.map((row) => row.key));
    for (const row of draft.range(path, part.replace)) {
      if (!kept.has(row.key)) put(row.key, undefined);
    }
  }
  for (const row of part.rows) put(row.key, row);
  for (const key of part.gone) put(key, undefined);
  return changes;
}

/** One change a row, where several came at once: from the first before to the last after. */
export function mergeChanges(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const at = `${change.path}\n${change.key}`;
    const first = merged.get(at);
    merged.set(at, first ? { ...change, before: first.before } : change);
  }
  return [...merged.values()];
}
