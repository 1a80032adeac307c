/**
 * Correcting a client's clock by the master's time. What a write says never
 * changes, but when it was made is moved by the clock's error: it stays the same
 * write to the master, under the same number.
 *
 * @module
 */

import { isAhead } from "../../protocol/skew.ts";
import { decodeRow } from "../row_body.ts";
import type { ClientWork } from "./client_work.ts";
import { type Pending, renumber } from "./pending.ts";
import { shownAs } from "./view.ts";

/** A smaller error is the way of the message, and is let be. */
const TOLERANCE_MS = 1_000;

/** Moves writes that were never sent by the clock's error, in order. */
export function correctClock(step: ClientWork, offsetMs: number): void {
  const deltaMs = offsetMs - step.state.clock.offsetMs;
  if (Math.abs(deltaMs) <= TOLERANCE_MS) return;
  moveStamps(step, offsetMs, ({ sent }) => !sent);
}

/** Moves writes that the master finds too far ahead, sent or not. */
export function comeBack(step: ClientWork, offsetMs: number): void {
  const nowMs = step.around.nowMs + offsetMs;
  moveStamps(step, offsetMs, ({ stamp }) => isAhead(stamp, nowMs));
}

function moveStamps(
  step: ClientWork,
  offsetMs: number,
  isWrong: (pending: Pending) => boolean,
): void {
  const { state } = step;
  const deltaMs = offsetMs - state.clock.offsetMs;
  const nowMs = step.around.nowMs + offsetMs;
  const own = state.outbox.all();
  let last = isAhead(state.received, nowMs) ? 0 : state.received;
  for (const pending of own) {
    if (!isWrong(pending)) last = Math.max(last, pending.stamp);
  }
  for (const pending of own.filter(isWrong)) {
    const { actor, n, sent } = pending;
    const after = Math.max(last, seenAt(step, pending, nowMs));
    const move = { deltaMs, after, nowMs };
    const moved = {
      ...renumber(state.app, pending, actor, n, move),
      sent,
    };
    last = moved.stamp;
    state.outbox.put(moved);
    step.store(moved);
    step.noteRows(moved.effects);
  }
  state.clock.setOffset(offsetMs, last);
}

/**
 * The greatest stamp that its author saw at the keys of a write. One too far
 * ahead is of what a restored master knows no more, and counts for nothing.
 */
function seenAt(
  { state, draft }: ClientWork,
  { effects }: Pending,
  nowMs: number,
): number {
  let last = 0;
  for (const { variable: { crdt, path: of }, key } of effects) {
    for (const { path } of shownAs(state, of)) {
      const held = draft.get(path, key);
      const stamp = held && crdt.stampOf(decodeRow(crdt, held.body));
      if (stamp && !isAhead(stamp.timestamp, nowMs)) {
        last = Math.max(last, stamp.timestamp);
      }
    }
  }
  return last;
}
