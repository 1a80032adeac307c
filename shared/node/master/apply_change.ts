/**
 * What a change that is allowed makes of the master's row.
 *
 * @module
 */

import type { Dot } from "../../crdt/contract.ts";
import { refuse } from "../../protocol/fault_error.ts";
import { ROW_BYTES_MAX } from "../../protocol/limits.ts";
import type { SourceVar } from "../../spec/app.ts";
import type { DraftRows } from "../draft_rows.ts";
import type { EffectOnRow } from "../read_effects.ts";
import { decodeRow, encodeRow } from "../row_body.ts";

/**
 * A row that is larger keeps nothing of actors that have been quiet: it goes to
 * everybody with each change, and the master knows its copies by their numbers.
 */
const SLIM_BYTES = 4 * 1024;

/** What hangs on what was refused, or was never there, is refused too. */
export function checkNeeds(
  draft: DraftRows,
  { variable, key, change, dot }: EffectOnRow,
  isAnswered: (dot: Dot) => boolean,
): void {
  const { crdt, path } = variable;
  const rowAt = (at: string) => rowOf(draft, variable, at);
  const missing = crdt.missing(key, change, rowAt, dot, isAnswered);
  if (missing) refuse("dependent", path, `without ${missing}`, "what it needs");
}

/** Makes a change in the draft; says whether anything is another than before. */
export function applyChange(
  draft: DraftRows,
  counts: Map<string, number>,
  seq: number,
  { variable, key, change, dot }: EffectOnRow,
  isQuiet: (actor: string) => boolean,
): boolean {
  const { crdt, path, initRows } = variable;
  const held = rowOf(draft, variable, key);
  const row: unknown = crdt.apply(held, change, dot);
  if (row === held) return false;
  let body = encodeRow(crdt, row);
  if (body.length > SLIM_BYTES) {
    const slim: unknown = crdt.retire(row, isQuiet);
    if (slim !== row) body = encodeRow(crdt, slim);
  }
  if (body.length > ROW_BYTES_MAX) {
    const found = `${body.length} bytes`;
    refuse("too-large", path, found, `at most ${ROW_BYTES_MAX}`);
  }
  draft.put(path, key, seq, body);
  const before = held !== undefined && crdt.isLive(held) ? 1 : 0;
  const more = (crdt.isLive(row) ? 1 : 0) - before;
  if (more !== 0) {
    const initial = [...initRows.values()].filter((r) => crdt.isLive(r)).length;
    counts.set(path, (counts.get(path) ?? initial) + more);
  }
  return true;
}

function rowOf(
  draft: DraftRows,
  { crdt, path, initRows }: SourceVar,
  key: string,
): unknown {
  const stored = draft.get(path, key);
  return stored ? decodeRow(crdt, stored.body) : initRows.get(key);
}
