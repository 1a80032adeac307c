/**
 * What a client takes up from its store: the last session, cursors, refused writes,
 * and all unanswered writes, of which those of some actors are its to send.
 *
 * @module
 */

import { FaultError } from "../../protocol/fault_error.ts";
import { HORIZON_MS } from "../../protocol/limits.ts";
import { decodeRow } from "../row_body.ts";
import { WHOLE } from "../var_rows.ts";
import type { ClientWork } from "./client_work.ts";
import type { StoredRow } from "../../ports/rows.ts";
import {
  actorOf,
  authoredOf,
  decodePending,
  OUTBOX_PATH,
  type Pending,
  writesOf,
} from "./pending.ts";
import {
  CURSORS_PATH,
  decodeCursor,
  decodeSession,
  encodeRejected,
  REJECTED_PATH,
  SESSION_KEY,
  SESSION_PATH,
} from "./stored.ts";
import { initRowsOf } from "./view.ts";

/** Reads the store; the writes of these actors are this client's to send. */
export function restore(work: ClientWork, actors: readonly string[]): void {
  const { state, draft } = work;
  const session = draft.get(SESSION_PATH, SESSION_KEY);
  if (session) {
    const { claims, offsetMs } = decodeSession(session.body);
    state.claims = claims;
    state.clock.setOffset(offsetMs);
  }
  for (const row of draft.range(CURSORS_PATH, WHOLE)) {
    const stored = decodeCursor(row.body);
    const id = ++state.lastWant;
    state.wants.set(row.key, { ...stored, id, path: row.key, next: "" });
    const { seq = 0, page = null } = stored.cursor ?? {};
    // Of a catch-up that was interrupted it has seen what came.
    state.seen = Math.max(state.seen, seq, page?.seq ?? 0);
  }
  forgetOld(work);
  for (const actor of actors) state.outbox.actors.add(actor);
  takeUp(work, draft.range(OUTBOX_PATH, WHOLE));
  work.statusChanged = true;
  work.link.dial();
}

/**
 * Drops what the master has forgotten too. What the zone has of its own has no
 * seq, and stays: another tab may have written it anew since this one read it,
 * and nobody else could give that back.
 */
function forgetOld({ state, draft }: ClientWork): void {
  const oldestMs = state.time.nowMs + state.clock.offsetMs - HORIZON_MS;
  for (const variable of state.app.zones.get(state.zone)!.vars) {
    const { crdt, path } = variable;
    for (const { key, seq, body } of draft.range(path, WHOLE)) {
      if (
        seq && seq < oldestMs && !initRowsOf(state, variable).has(key) &&
        !crdt.isLive(decodeRow(crdt, body))
      ) draft.remove(path, key);
    }
  }
}

/** Takes over the unanswered writes of an actor. */
export function adopt(work: ClientWork, actor: string): void {
  work.state.outbox.actors.add(actor);
  takeUp(work, work.draft.range(OUTBOX_PATH, writesOf(actor)));
  work.link.drain();
}

/** Shows unanswered writes as they are stored. */
export function takeUp(work: ClientWork, rows: readonly StoredRow[]): void {
  const { state } = work;
  for (const { key, body } of rows) {
    const pending = readPending(work, key, body);
    if (!pending) continue;
    // One that is here may stand before earlier ones, of which nobody told.
    const held = state.outbox.at(key);
    if (held) state.outbox.remove(held);
    state.outbox.put(pending);
    state.clock.observe(pending.stamp);
    work.noteRows(pending.effects);
    work.statusChanged = true;
  }
}

function readPending(
  work: ClientWork,
  key: string,
  body: Uint8Array,
): Pending | null {
  try {
    return decodePending(work.state.app, body);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    // A deploy changed the spec under a write that was not sent: say so.
    const [actor, n] = [actorOf(key), Number(key.slice(-16))];
    // Of another tab's write, that tab says it.
    if (!work.state.outbox.actors.has(actor)) return null;
    const authored = authoredOf(body);
    const rejected = { actor, n, authored, fault: error.fault };
    work.draft.remove(OUTBOX_PATH, key);
    work.draft.put(REJECTED_PATH, key, 0, encodeRejected(rejected));
    return null;
  }
}
