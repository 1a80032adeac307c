/**
 * Correcting a client's clock by the master's time, before anything is sent.
 *
 * @module
 */

import type { ClientWork } from "./client_work.ts";
import { renumber } from "./pending.ts";

/** A smaller error is the way of the message, and is let be. */
const TOLERANCE_MS = 1_000;

/** Moves writes that were never sent by the clock's error, in order. */
export function correctClock(step: ClientWork, offsetMs: number): void {
  const { state } = step;
  const deltaMs = offsetMs - state.clock.offsetMs;
  if (Math.abs(deltaMs) <= TOLERANCE_MS) return;
  let last = state.received;
  for (const pending of state.outbox.all()) {
    if (pending.sent) last = Math.max(last, pending.stamp);
  }
  for (const pending of state.outbox.all()) {
    if (pending.sent) continue;
    const moved = renumber(state.app, pending, pending.actor, pending.n, {
      deltaMs,
      after: last,
      nowMs: step.around.nowMs + offsetMs,
    });
    last = moved.stamp;
    state.outbox.put(moved);
    step.noteRows(moved.rows);
    const { actor, n } = moved;
    const id = { actor, n };
    step.after.push({ type: "renumbered", from: id, to: id });
  }
  state.clock.setOffset(offsetMs, last);
}
