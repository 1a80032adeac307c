/**
 * What a live message does to a client: verdicts first, then rows, in one step,
 * so that nothing flickers.
 *
 * @module
 */

import type { Live, Part, Verdict } from "../../protocol/live.ts";
import { isAhead } from "../../protocol/skew.ts";
import { applyPart } from "../apply_part.ts";
import { digestOf } from "../digest.ts";
import { lastBefore } from "../read_effects.ts";
import { decodeRow } from "../row_body.ts";
import { WHOLE } from "../var_rows.ts";
import { accept, forget, reject } from "./answered.ts";
import type { ClientWork } from "./client_work.ts";
import { noteChange } from "./compute.ts";
import { comeBack } from "./correct_clock.ts";
import { lacking } from "./link_times.ts";
import { letGo } from "./others.ts";
import { type Pending, renumber } from "./pending.ts";
import { type Renaming, renaming } from "./renaming.ts";
import type { ClientWant } from "./state.ts";
import { CURSORS_PATH, encodeCursor } from "./stored.ts";
import { initRowsOf } from "./view.ts";

/** Applies a live message, or asks for what is missing before it. */
export function receiveLive(step: ClientWork, live: Live): void {
  const { link } = step.state;
  if (!link.greeted || live.number <= link.received) return;
  if (live.number > link.received + 1) return step.link.hello();
  link.received = live.number;
  if (live.parts.length > 0) link.askedMs = step.around.nowMs;
  const offsetMs = live.timeMs - step.around.nowMs;
  const again = new Set<string>();
  const accepted: Pending[] = [];
  const wasBehind = lacking(step.state).length > 0;
  for (const verdict of live.verdicts) {
    const code = verdict.fault?.code;
    if (code === "clock-skew") comeBack(step, offsetMs);
    if (code === "gap" || code === "clock-skew") again.add(verdict.actor);
    else {
      const pending = takeVerdict(step, verdict, offsetMs);
      if (pending) accepted.push(pending);
    }
  }
  for (const part of live.parts) takePart(step, part);
  // In the midst of a catch-up their rows come later: until then they go on to show.
  if (lacking(step.state).length === 0) forget(step, accepted);
  if (live.verdicts.length > 0) {
    link.pushedMs = link.pushed.size > 0 ? step.around.nowMs : null;
  }
  for (const { actor, key } of step.state.outbox.all()) {
    if (again.has(actor)) link.pushed.delete(key);
  }
  letGo(step);
  // What another tab had answered while this one had no link, and is not in what
  // came: whether it will come, the next idle check would ask much later.
  const isCaughtUp = wasBehind && lacking(step.state).length === 0;
  if (isCaughtUp && step.state.outbox.leaving.size > 0) step.link.wake();
  step.link.push();
}

/** Does what a verdict says; returns the write that it accepts. */
function takeVerdict(
  step: ClientWork,
  verdict: Verdict,
  offsetMs: number,
): Pending | null {
  const { state } = step;
  const { actor, n, fault, seq } = verdict;
  const pending = state.outbox.get(actor, n);
  if (!pending) return null;
  state.seen = Math.max(state.seen, seq);
  // It is answered, and shows until what came of it is here.
  if (state.outbox.leaving.has(pending)) return null;
  if (!fault) {
    // What was accepted may be a copy of it, with its time put right.
    if (!isAhead(pending.stamp, step.around.nowMs + offsetMs)) {
      state.received = Math.max(state.received, pending.stamp);
    }
    accept(step, pending);
    step.after.push({ type: "settled", actor, n, level: "db", fault, seq });
    return pending;
  }
  if (fault.code === "answered") {
    // This is a copy of a store whose tab has had the answer.
    forget(step, [pending]);
  } else if (fault.code === "actor-forked") {
    // Somebody else has used this number: what is not answered goes under a new name.
    if (actor === state.author.actor) {
      const tail = Math.floor(step.around.random() * 2 ** 32).toString(36);
      state.author = { actor: `${actor.split("~")[0]}~${tail}`, nextN: 1 };
      state.outbox.actors.add(state.author.actor);
    }
    const to = { actor: state.author.actor, now: () => state.clock.now() };
    const renewed = state.outbox.all().filter((own) => own.actor === actor);
    const kept = lastBefore(Math.min(...renewed.map(({ n }) => n)));
    const rename = renaming(to, () => kept);
    for (const own of renewed) renew(step, own, rename);
  } else reject(step, pending, fault);
  return null;
}

/** Makes a new write of one that was refused for its number. */
function renew(
  step: ClientWork,
  pending: Pending,
  rename: Renaming,
): void {
  const { state } = step;
  const { actor, nextN } = state.author;
  state.author.nextN++;
  const moved = renumber(state.app, pending, actor, nextN, {
    deltaMs: 0,
    after: Math.max(state.received, state.clock.last),
    nowMs: Infinity,
  }, rename);
  const renewed = { ...moved, sent: true };
  state.clock.observe(renewed.stamp);
  forget(step, [pending]);
  state.outbox.put(renewed);
  step.store(renewed);
  step.noteRows(renewed.effects);
  step.after.push({
    type: "renumbered",
    from: { actor: pending.actor, n: pending.n },
    to: { actor, n: nextN },
  });
}

function takePart(step: ClientWork, part: Part): void {
  const { state, draft } = step;
  const want = [...state.wants.values()].find(({ id }) => id === part.want);
  if (!want) return;
  const variable = state.app.vars.get(want.path)!;
  const changes = applyPart(
    draft,
    want.path,
    part,
    variable.kind !== "derived",
  );
  let newest = want.cursor?.page?.seq ?? want.cursor?.seq ?? 0;
  for (const { key, after } of changes) {
    noteChange(step.changed, want.path, key);
    const stamp = after &&
      variable.crdt.stampOf(decodeRow(variable.crdt, after.body));
    if (stamp) {
      state.received = Math.max(state.received, stamp.timestamp);
      state.clock.observe(stamp.timestamp);
    }
  }
  for (const { seq } of part.rows) newest = Math.max(newest, seq);
  state.seen = Math.max(state.seen, newest);
  const before = want.next;
  want.next = part.next;
  if (
    part.next === null && part.digest !== null &&
    !agrees(step, want, part.digest)
  ) {
    want.cursor = null;
    want.next = "";
    const { id } = want;
    want.id = ++state.lastWant;
    step.link.demand([id], [want]);
    return;
  }
  // Of what is being replaced, nothing counts that has not come.
  if (part.replace) want.cursor = null;
  moveCursor(step, want, newest, before !== null || !want.held);
}

function moveCursor(
  step: ClientWork,
  want: ClientWant,
  newest: number,
  loading: boolean,
): void {
  const { state, draft } = step;
  const complete = want.next === null;
  const before = want.cursor;
  const { epoch, link } = state;
  // What a catch-up has not reached yet is as old as the cursor it began at.
  want.cursor = {
    epoch,
    seq: complete ? newest : before?.seq ?? 0,
    syncedMs: (!complete && before || link).syncedMs,
    page: complete ? null : { key: want.next!, seq: newest },
  };
  if (complete && !want.held) {
    want.held = true;
    noteChange(step.changed, want.path, "");
  }
  if (!loading && before?.seq === newest && before.page === null) return;
  draft.put(
    CURSORS_PATH,
    want.path,
    0,
    encodeCursor({ cursor: want.cursor, held: want.held }),
  );
}

function agrees(
  { state, draft }: ClientWork,
  { path }: ClientWant,
  digest: number,
): boolean {
  const variable = state.app.vars.get(path)!;
  const rows = draft.range(path, WHOLE);
  return digestOf(rows, variable.crdt, initRowsOf(state, variable)) === digest;
}
