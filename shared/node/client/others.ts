/**
 * What a client takes over from the other tabs of its browser while they live:
 * their unanswered writes, to show them; their refused ones; and private vars.
 *
 * @module
 */

import type { RowWrite } from "../../ports/rows.ts";
import type { EffectOnRow } from "../read_effects.ts";
import { decodeRow } from "../row_body.ts";
import type { ClientWork } from "./client_work.ts";
import { actorOf, causalPaths, OUTBOX_PATH } from "./pending.ts";
import { joinPrivate } from "./private_rows.ts";
import { takeUp } from "./restore.ts";
import { REJECTED_PATH } from "./stored.ts";
import { initRowsOf, shownAs } from "./view.ts";

/** Takes in rows as other tabs have stored them. */
export function takeOthers(work: ClientWork, rows: readonly RowWrite[]): void {
  const { draft } = work;
  const { outbox } = work.state;
  for (const { path, key, body } of rows) {
    const isWrite = path === OUTBOX_PATH;
    if (!isWrite && path !== REJECTED_PATH) {
      if (body) joinPrivate(work, path, key, body);
      continue;
    }
    // Of what this tab sends, nobody knows better.
    if (isWrite && outbox.actors.has(actorOf(key))) continue;
    work.statusChanged = true;
    if (body) {
      draft.put(path, key, 0, body);
      if (isWrite) takeUp(work, [{ key, seq: 0, body }]);
    } else {
      draft.remove(path, key);
      const answered = outbox.at(key);
      if (answered) outbox.leaving.add(answered);
    }
  }
  letGo(work);
  work.link.drain();
  // Its author has heard from the server what this tab has not.
  if (outbox.leaving.size > 0) work.link.wake();
}

/** Shows no longer what was answered and is refused, or makes no difference; or all. */
export function letGo(work: ClientWork, all = false): void {
  const { draft, state: { outbox } } = work;
  if (outbox.leaving.size === 0) return;
  const shown = new Set<string>();
  for (const pending of outbox.shown()) {
    const { key, effects } = pending;
    const paths = causalPaths(pending);
    // What took out something that still shows is in no base, it only seems so.
    const isDone = () =>
      all || draft.get(REJECTED_PATH, key) ||
      !paths.some((path) => shown.has(path)) &&
        effects.every((effect) => isInBase(work, effect));
    if (outbox.leaving.has(pending) && isDone()) {
      outbox.remove(pending);
      work.noteRows(effects);
    } else for (const path of paths) shown.add(path);
  }
}

function isInBase(
  { state, draft }: ClientWork,
  { variable: { crdt, path }, key, change, dot }: EffectOnRow,
): boolean {
  return shownAs(state, path).every((shown) => {
    const stored = draft.get(shown.path, key);
    const held: unknown = stored
      ? decodeRow(crdt, stored.body)
      : initRowsOf(state, shown).get(key);
    return crdt.apply(held, change, dot) === held;
  });
}
