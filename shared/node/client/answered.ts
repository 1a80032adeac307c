/**
 * What becomes of a write that the master has answered.
 *
 * @module
 */

import type { Fault } from "../../protocol/codes.ts";
import type { ClientWork } from "./client_work.ts";
import { OUTBOX_PATH, type Pending } from "./pending.ts";
import { encodeRejected, REJECTED_PATH } from "./stored.ts";

/**
 * Puts a write on the list of refused ones, with all that need what it makes and
 * were never sent: the master judges what was.
 */
export function reject(work: ClientWork, pending: Pending, fault: Fault): void {
  const { outbox } = work.state;
  const withdrawn = [pending];
  for (const later of outbox.all()) {
    if (
      later.sent || withdrawn.includes(later) ||
      !withdrawn.some((gone) => depends(later, gone))
    ) continue;
    withdrawn.push(later);
  }
  forget(work, withdrawn);
  for (const gone of withdrawn) {
    const { actor, n, key, authored } = gone;
    const why = gone === pending
      ? fault
      : { ...fault, code: "dependent" as const };
    const rejected = { actor, n, authored, fault: why };
    work.draft.put(REJECTED_PATH, key, 0, encodeRejected(rejected));
    work.after.push({ type: "settled", actor, n, level: "db", fault: why });
  }
}

/** Takes an accepted write out of the store; it shows until what came of it is here. */
export function accept(work: ClientWork, pending: Pending): void {
  work.state.outbox.leaving.add(pending);
  unstore(work, pending);
}

/** Takes answered writes out of the outbox. */
export function forget(work: ClientWork, gone: readonly Pending[]): void {
  for (const pending of gone) {
    work.state.outbox.remove(pending);
    unstore(work, pending);
    work.noteRows(pending.effects);
  }
}

function unstore(work: ClientWork, { key }: Pending): void {
  work.draft.remove(OUTBOX_PATH, key);
  work.state.link.pushed.delete(key);
  work.statusChanged = true;
}

/** Whether a write needs what an earlier one makes. */
export function depends(later: Pending, earlier: Pending): boolean {
  const makes = new Set(
    earlier.effects.flatMap((
      { variable: { crdt }, key, change },
    ) => [...crdt.makes(crdt.message([[key, change]]))]),
  );
  return later.effects.some(({ variable: { crdt }, key, change }) =>
    crdt.needs(crdt.message([[key, change]])).some((id) => makes.has(id))
  );
}
