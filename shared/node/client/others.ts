/**
 * What a client takes over from the other tabs of its browser while they live:
 * their unanswered writes, to show them; their refused ones; and private vars.
 *
 * @module
 */

import type { RowWrite } from "../../ports/rows.ts";
import { decodeRow } from "../row_body.ts";
import type { ClientWork } from "./client_work.ts";
import { actorOf, OUTBOX_PATH, type Pending, pendingKey } from "./pending.ts";
import { joinPrivate } from "./private_rows.ts";
import { takeUp } from "./restore.ts";
import { REJECTED_PATH } from "./stored.ts";
import { shownAs } from "./view.ts";

/** Takes in rows as other tabs have stored them. */
export function takeOthers(work: ClientWork, rows: readonly RowWrite[]): void {
  const { draft } = work;
  const { outbox } = work.state;
  for (const { path, key, body } of rows) {
    if (path !== OUTBOX_PATH && path !== REJECTED_PATH) {
      if (body) joinPrivate(work, path, key, body);
      continue;
    }
    // Of what this tab sends, nobody knows better.
    if (path === OUTBOX_PATH && outbox.actors.has(actorOf(key))) continue;
    work.statusChanged = true;
    if (body) {
      draft.put(path, key, 0, body);
      if (path === OUTBOX_PATH) takeUp(work, [{ key, seq: 0, body }]);
      continue;
    }
    draft.remove(path, key);
    const answered = path === OUTBOX_PATH && outbox.at(key);
    if (answered) outbox.leaving.add(answered);
  }
  letGo(work);
  // Its author has heard from the server what this tab has not.
  if (outbox.leaving.size > 0) work.link.wake();
}

/** Shows answered writes no longer: those that make no difference, or all. */
export function letGo(work: ClientWork, all = false): void {
  const { outbox } = work.state;
  for (const pending of outbox.leaving) {
    if (!all && !isRefused(work, pending) && !isInBase(work, pending)) continue;
    outbox.remove(pending);
    work.noteRows(pending.rows);
  }
}

function isRefused({ draft }: ClientWork, { actor, n }: Pending): boolean {
  return draft.get(REJECTED_PATH, pendingKey(actor, n)) !== undefined;
}

function isInBase({ state, draft }: ClientWork, { rows }: Pending): boolean {
  return rows.every(({ variable: { crdt, path }, key, row }) =>
    shownAs(state, path).every((shown) => {
      const stored = draft.get(shown.path, key);
      if (!stored) return false;
      const held = decodeRow(crdt, stored.body);
      return crdt.join(held, row) === held;
    })
  );
}
