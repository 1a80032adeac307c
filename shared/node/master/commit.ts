/**
 * One commit: a batch of writes judged one by one, each whole or not at all,
 * and everything that was accepted put down under one seq.
 *
 * @module
 */

import type { Dot } from "../../crdt/contract.ts";
import { HLC_TICKS_PER_MS } from "../../crdt/hlc.ts";
import type { Authored, WireEffect } from "../../protocol/authored.ts";
import type { RowView } from "../../ports/rows.ts";
import type { Fault } from "../../protocol/codes.ts";
import { FaultError, refuse } from "../../protocol/fault_error.ts";
import { DAY_MS, HORIZON_MS, SKEW_MS_MAX } from "../../protocol/limits.ts";
import type { Verdict } from "../../protocol/live.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import { isAhead } from "../../protocol/skew.ts";
import { ELSEWHERE } from "../../spec/app.ts";
import { DraftRows } from "../draft_rows.ts";
import { faceOf, runComputation, visibleTo } from "../evaluate.ts";
import type { Surroundings } from "../outcome.ts";
import type { Touched } from "../peers/peer.ts";
import {
  decodeAuthored,
  type EffectOnRow,
  numberOf,
  readEffects,
  wireEffect,
} from "../read_effects.ts";
import { ReadLog } from "../read_log.ts";
import {
  type ActorRecord,
  judgeNumber,
  UNKNOWN_ACTOR,
  withAnswer,
} from "./actors.ts";
import { applyChange, checkNeeds } from "./apply_change.ts";
import { identityOf } from "./identity.ts";
import { placeAt } from "./place.ts";
import { retiredActor } from "./ring.ts";
import type { MasterState } from "./state.ts";
import { sweepSome } from "./sweep.ts";

/** Authors of changeless writes kept in memory; an older one sends again. */
const UNSAVED_MAX = 4_096;

/** A commit in the making. */
class Batch {
  readonly touched = new Map<string, Touched>();
  readonly actors = new Map<string, ActorRecord>();
  readonly counts: Map<string, number>;
  refusals = 0;

  constructor(
    readonly state: MasterState,
    readonly around: Surroundings,
    readonly draft: DraftRows,
    readonly seq: number,
    readonly byOperator: boolean,
  ) {
    this.counts = new Map(state.ring.counts);
  }

  recordOf(actor: string): ActorRecord {
    return this.actors.get(actor) ?? recordOf(this.state, this.draft, actor);
  }

  /** Whether what a dot is of was judged, for good. */
  isAnswered(dot: Dot): boolean {
    const record = this.actors.get(dot.actor) ??
      savedRecordOf(this.state, this.draft, dot.actor);
    return numberOf(dot) <= record.lastN;
  }
}

/** Judges a batch and writes what was accepted into the draft; no rule holds an operator. */
export function commitBatch(
  state: MasterState,
  around: Surroundings,
  draft: DraftRows,
  writes: readonly PushedWrite[],
  byOperator = false,
): Verdict[] {
  const seq = Math.max(state.ring.head + 1, Math.floor(around.nowMs));
  const batch = new Batch(state, around, draft, seq, byOperator);
  const verdicts = writes.map((write) => answer(batch, write));
  if (batch.touched.size > 0 || batch.refusals > 0) {
    const sweep = sweepSome(state, around, draft, batch.touched.size);
    state.ring.append(
      draft,
      seq,
      [...batch.touched.values()],
      batch.actors,
      batch.counts,
      sweep,
    );
    for (const actor of batch.actors.keys()) state.unsaved.delete(actor);
  } else {
    // A write that changes nothing costs no row: should this memory be lost, it
    // is judged again, and changes nothing again.
    for (const [actor, record] of batch.actors) {
      setUnsaved(state, actor, record);
    }
  }
  return verdicts;
}

/**
 * Refuses the writes of a batch that could not be stored, and keeps that in
 * memory alone: what would say so on disk would not be stored either.
 */
export function refuseBatch(
  state: MasterState,
  rows: RowView,
  writes: readonly PushedWrite[],
  fault: Fault,
): void {
  for (const write of writes) {
    const record = recordOf(state, rows, write.actor);
    const identity = identityOf(state.app, write.authored);
    if (judgeNumber(record, write, identity).is !== "next") continue;
    const answer = { identity, seq: 0, fault };
    setUnsaved(state, write.actor, withAnswer(record, write, answer));
  }
}

/** Keeps a record in memory alone, and the newest ones only. */
function setUnsaved(
  { unsaved }: MasterState,
  actor: string,
  record: ActorRecord,
): void {
  unsaved.set(actor, record);
  const [oldest] = unsaved.keys();
  if (unsaved.size > UNSAVED_MAX) unsaved.delete(oldest!);
}

function recordOf(
  state: MasterState,
  rows: RowView,
  actor: string,
): ActorRecord {
  return state.unsaved.get(actor) ?? savedRecordOf(state, rows, actor);
}

/** What is known of an author whatever memory is lost. */
function savedRecordOf(
  state: MasterState,
  rows: RowView,
  actor: string,
): ActorRecord {
  return state.ring.recordOf(actor) ?? retiredActor(rows, actor) ??
    UNKNOWN_ACTOR;
}

function answer(batch: Batch, write: PushedWrite): Verdict {
  const { actor, n } = write;
  const record = batch.recordOf(actor);
  const identity = identityOf(batch.state.app, write.authored);
  const numbering = judgeNumber(record, write, identity);
  if (numbering.is === "answered") {
    return {
      actor,
      n,
      seq: numbering.answer.seq,
      fault: numbering.answer.fault,
      lastN: 0,
    };
  }
  if (numbering.is === "gap") {
    const fault = faultAt("gap", write, `after ${numbering.lastN}`, "no hole");
    return { actor, n, seq: 0, fault, lastN: numbering.lastN };
  }
  if (numbering.is !== "next") {
    const fault = NUMBER_FAULTS[numbering.is](write);
    return { actor, n, seq: 0, fault, lastN: 0 };
  }
  const { changed, fault } = judge(batch, write);
  // Nothing is said of the write but that its clock is wrong: it comes again.
  if (fault?.code === "clock-skew") {
    return { actor, n, seq: 0, fault, lastN: 0 };
  }
  const seq = changed ? batch.seq : 0;
  if (fault) batch.refusals++;
  const answered = withAnswer(record, write, { identity, seq, fault });
  batch.actors.set(actor, answered);
  return { actor, n, seq, fault, lastN: 0 };
}

const NUMBER_FAULTS = {
  forgotten: (write: PushedWrite) =>
    faultAt("answered", write, "a number whose answer was seen", "a new one"),
  forked: (write: PushedWrite) =>
    faultAt("actor-forked", write, "a used number", "a new one"),
  foreign: (write: PushedWrite) =>
    faultAt("forged-writer", write, "another's actor", "one's own"),
  crowded: (write: PushedWrite) =>
    faultAt("too-large", write, "too many unread verdicts", "fewer"),
};

function faultAt(
  code: Fault["code"],
  write: PushedWrite,
  found: string,
  wanted: string,
): Fault {
  return { code, path: `${write.actor}.${write.n}`, found, wanted };
}

function judge(
  batch: Batch,
  write: PushedWrite,
): { readonly changed: boolean; readonly fault: Fault | null } {
  try {
    const authored = decodeAuthored(write.authored);
    checkStamp(batch, "write", authored.stamp);
    if (write.fault) throw new FaultError(write.fault);
    const effects = effectsOf(batch, write, authored);
    const changes = readEffects(batch.state.app, effects, write);
    const trial = new DraftRows(batch.draft);
    const counts = new Map(batch.counts);
    const isQuiet = (actor: string) =>
      actor !== write.actor && !batch.actors.has(actor) &&
      !batch.state.ring.isRecent(actor);
    const isAnswered = (dot: Dot) => batch.isAnswered(dot);
    const touched = changes.filter((effect) => {
      const { path, crdt } = effect.variable;
      checkStamp(batch, path, crdt.stampOf(effect.change)?.timestamp);
      checkAccess(batch, trial, counts, write, effect);
      checkNeeds(trial, effect, isAnswered);
      return applyChange(trial, counts, batch.seq, effect, isQuiet);
    });
    batch.draft.absorb(trial);
    for (const [path, count] of counts) batch.counts.set(path, count);
    for (const { variable, key } of touched) {
      batch.touched.set(`${variable.path}\n${key}`, [variable.path, key]);
    }
    return { changed: touched.length > 0, fault: null };
  } catch (error) {
    if (error instanceof FaultError) {
      return { changed: false, fault: error.fault };
    }
    throw error;
  }
}

function effectsOf(
  batch: Batch,
  write: PushedWrite,
  authored: Authored,
): readonly WireEffect[] {
  if (authored.kind === "effects") return authored.effects;
  if (write.effects) return write.effects;
  const { state, around, draft } = batch;
  const zone = state.app.root;
  if (!authored.path.startsWith(`/${zone}/`)) {
    return refuse(
      "unknown-path",
      authored.path,
      "an event nobody computed",
      `a computation of ${zone}`,
    );
  }
  const log = new ReadLog();
  const place = placeAt(
    state,
    around,
    draft,
    batch.counts,
    write.actor,
    visibleTo(state.app, zone, [], ""),
  );
  const event = {
    nodeId: write.actor,
    session: { claims: write.session?.claims ?? {}, signature: "" },
    payload: authored.payload,
    id: `${write.actor}.${write.n}`,
  };
  return runComputation(place, authored.path, event, log)
    .map((effect) => wireEffect(state.app, effect, write.actor));
}

/**
 * Holds a stamp between what is to come and what may be forgotten: a write of
 * before a deletion must not come when nobody knows of that any more.
 */
function checkStamp(
  { around: { nowMs } }: Batch,
  path: string,
  timestamp: number | undefined,
): void {
  if (timestamp === undefined) return;
  if (isAhead(timestamp, nowMs)) {
    const wanted = `at most ${SKEW_MS_MAX} ms ahead`;
    refuse("clock-skew", path, "a stamp from the future", wanted);
  }
  const agesMs = HORIZON_MS - DAY_MS;
  if (timestamp < (nowMs - agesMs) * HLC_TICKS_PER_MS) {
    const wanted = `at most ${agesMs / DAY_MS} days ago`;
    refuse("stale-write", path, "a stamp from long ago", wanted);
  }
}

function checkAccess(
  batch: Batch,
  draft: DraftRows,
  counts: ReadonlyMap<string, number>,
  write: PushedWrite,
  { variable, key, change }: EffectOnRow,
): void {
  if (batch.byOperator) return;
  const { withCheck, path, crdt } = variable;
  const rule = withCheck === ELSEWHERE ? undefined : withCheck;
  if (!rule || !write.session) {
    return refuse(
      "forbidden",
      path,
      "no rule that allows it",
      "access.withCheck",
    );
  }
  const { state, around } = batch;
  const place = placeAt(
    state,
    around,
    draft,
    counts,
    write.actor,
    visibleTo(state.app, state.app.root, [], ""),
  );
  const effect = {
    nodeId: write.actor,
    path,
    msg: crdt.message([[key, change]]),
    key,
    value: crdt.isLive(change) ? crdt.valueOf(change) : undefined,
  };
  const session = { claims: write.session.claims, signature: "" };
  if (!allows(() => rule(session, effect, faceOf(place, new ReadLog())))) {
    refuse("forbidden", path, "a write its rule denies", "one it allows");
  }
}

/** What a rule says; one that throws has not allowed it. */
function allows(rule: () => boolean): boolean {
  try {
    return rule() === true;
  } catch {
    return false;
  }
}
