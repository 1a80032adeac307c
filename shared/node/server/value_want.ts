/**
 * A derived value for one session: computed here when something that it read
 * has changed, or copied from upstream.
 *
 * @module
 */

import type { Part } from "../../protocol/live.ts";
import { FaultError } from "../../protocol/fault_error.ts";
import type { Change } from "../apply_part.ts";
import { NotHeld } from "../not_held.ts";
import { ReadLog } from "../read_log.ts";
import { diffValue, type ValueRows } from "../value_feed.ts";
import { WHOLE } from "../var_rows.ts";
import { evaluateHere, type Sight } from "./place.ts";
import type { Session, ValueWant } from "./session.ts";
import { copyPath, hold, isWhole, release } from "./upstream.ts";

/** The part that brings a session's value up to date; `null` for nothing new. */
export function valuePart(
  sight: Sight,
  session: Session,
  want: ValueWant,
  changes: readonly Change[],
): Part | null {
  const computed = want.variable.computerZone === sight.state.zone;
  const value = computed
    ? compute(sight, session, want, changes)
    : forward(sight, session, want, changes);
  if (!value) return null;
  const part = diffValue(want.id, want.last, value, 0);
  want.last = value;
  return part;
}

function forward(
  { state, rows }: Sight,
  session: Session,
  want: ValueWant,
  changes: readonly Change[],
): ValueRows | null {
  const [key] = want.holds;
  if (!key || !isWhole(state.up, key)) return null;
  const consumer = state.up.held.get(key)?.consumer ? session.nodeId : "";
  const path = copyPath(want.path, consumer);
  if (want.last && !changes.some((change) => change.path === path)) return null;
  return new Map(rows.range(path, WHOLE).map((row) => [row.key, row.body]));
}

function compute(
  sight: Sight,
  session: Session,
  want: ValueWant,
  changes: readonly Change[],
): ValueRows | null {
  const { log } = want;
  const stale = log === null ||
    changes.some((change) => log.covers(change.path, change.key));
  if (!stale) return null;
  const consumer = { nodeId: session.nodeId, claims: session.claims };
  const reads = new ReadLog();
  want.log = reads;
  try {
    const { rows } = evaluateHere(sight, want.variable, consumer, reads);
    releaseUnread(sight, want, reads);
    return rows;
  } catch (error) {
    if (error instanceof NotHeld) {
      want.log = null;
      const key = hold(sight.state.up, error.path, error.range);
      // One use a want: a range read twice is demanded once.
      if (want.holds.has(key)) release(sight.state.up, key);
      else want.holds.add(key);
      return null;
    }
    if (error instanceof FaultError) return null;
    throw error;
  }
}

function releaseUnread({ state }: Sight, want: ValueWant, log: ReadLog): void {
  for (const key of want.holds) {
    const held = state.up.held.get(key);
    if (held && log.covers(held.path, held.range.from)) continue;
    want.holds.delete(key);
    release(state.up, key);
  }
}
