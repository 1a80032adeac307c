/**
 * Writes on their way through a server node. It judges what needs no state,
 * turns events into effects, and forwards; only the master answers.
 *
 * @module
 */

import type { Fault } from "../../protocol/codes.ts";
import { FaultError, refuse } from "../../protocol/fault_error.ts";
import { PUSH_WRITES_MAX } from "../../protocol/limits.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import { isAhead } from "../../protocol/skew.ts";
import { runComputation, visibleTo } from "../evaluate.ts";
import { NotHeld } from "../not_held.ts";
import {
  bytesIn,
  decodeAuthored,
  readEffects,
  wireEffect,
} from "../read_effects.ts";
import { ReadLog } from "../read_log.ts";
import { subjectOf } from "../subject.ts";
import { WHOLE } from "../var_rows.ts";
import { ancestors } from "../../spec/graph.ts";
import { placeAt, type Sight } from "./place.ts";
import type { Session } from "./session.ts";
import {
  type Origin,
  type Queued,
  type ServerState,
  writeKey,
} from "./state.ts";
import { hold, isWhole, release } from "./upstream.ts";

const PUSH_BYTES_MAX = 512 * 1024;
/** Writes of one subject that wait here: twice the window of a client … */
const QUEUED_MAX = 512;
/** … and so many bytes of them. */
const QUEUED_BYTES_MAX = 4 * 1024 * 1024;
/** Ranges that one event may read before it has run. */
const HOLDS_MAX = 1_000;
/** Actors whose last stamp is remembered. */
const STAMPS_MAX = 4_096;

/** Takes a client's write in. Throws `FaultError` for more than its window. */
export function enqueueOf(
  state: ServerState,
  { socket, nodeId, claims }: Session,
  write: PushedWrite,
): void {
  const fault = faultOf(() => judgeForm(state, write));
  const session = { nodeId, claims };
  const judged = { ...write, session, fault, effects: null };
  if (isNoted(state, { socket }, judged)) return;
  assertRoom(state, socket, claims);
  state.queue.push({ write: judged, origin: { socket }, holds: [] });
}

/** Refuses more than one subject may have here, whatever sockets it came through. */
function assertRoom(
  { queue }: ServerState,
  socket: string,
  claims: unknown,
): void {
  const subject = subjectOf(claims) ?? null;
  let [writes, bytes] = [0, 0];
  for (const { write, origin } of queue) {
    if (!("socket" in origin)) continue;
    const isOwn = origin.socket === socket ||
      subject !== null && subjectOf(write.session?.claims) === subject;
    if (!isOwn) continue;
    writes++;
    bytes += write.authored.length;
  }
  if (writes < QUEUED_MAX && bytes < QUEUED_BYTES_MAX) return;
  const wanted =
    `at most ${QUEUED_MAX} unanswered, of ${QUEUED_BYTES_MAX} bytes`;
  refuse("too-large", "push", `${writes} writes of ${bytes} bytes`, wanted);
}

/** Takes in what a peer has judged. */
export function enqueueFrom(
  state: ServerState,
  peer: string,
  write: PushedWrite,
): void {
  if (isNoted(state, { peer }, write)) return;
  state.queue.push({ write, origin: { peer }, holds: [] });
}

/**
 * Says whether a write is on its way already; then who waits for it is noted,
 * and its stamps, which its author may have put right. One that was sent up and
 * is sent again may have been lost further up.
 */
function isNoted(
  state: ServerState,
  origin: Origin,
  write: PushedWrite,
): boolean {
  const key = writeKey(write);
  const isSame = (other: PushedWrite | undefined) =>
    other !== undefined && writeKey(other) === key &&
    authorOf(other) === authorOf(write);
  if (isSame(state.inFlight.get(key))) {
    state.routes.set(key, origin);
    state.up.isDoubted = true;
    return true;
  }
  const queued = state.queue.find((one) => isSame(one.write));
  if (!queued) return false;
  queued.origin = origin;
  queued.write = write;
  return true;
}

/** Who numbers a write: an actor is its subject's, whoever else knows its name. */
function authorOf({ actor, session }: PushedWrite): string {
  return JSON.stringify([actor, subjectOf(session?.claims) ?? null]);
}

function judgeForm(state: ServerState, write: PushedWrite): void {
  const authored = decodeAuthored(write.authored);
  if (authored.kind === "effects") {
    readEffects(state.app, authored.effects, write);
    return;
  }
  const zone = authored.path.split("/")[1] ?? "";
  const here = state.zone
    ? [state.zone, ...ancestors(state.app, state.zone)]
    : [state.app.root];
  if (!here.includes(zone) || !state.app.computations.has(authored.path)) {
    refuse(
      "unknown-path",
      authored.path,
      "no computation on the way up",
      "one",
    );
  }
}

/**
 * Says whether a write could leave: it waits for no demand, or all of it is
 * here, which may well be no row at all.
 */
export function hasReady({ queue, up }: ServerState): boolean {
  const waiting = new Set<string>();
  return queue.some(({ write, holds }) => {
    const author = authorOf(write);
    if (waiting.has(author)) return false;
    const isReady = holds.every((key) => isWhole(up, key));
    if (!isReady) waiting.add(author);
    return isReady;
  });
}

/** The next batch, in order per actor; events of this zone are computed for it. */
export function takeBatch(sight: Sight): PushedWrite[] {
  const { state } = sight;
  const batch = new Map<string, PushedWrite>();
  const waiting = new Set<string>();
  const ahead = new Set<string>();
  const left: Queued[] = [];
  let bytes = 0;
  for (const queued of state.queue) {
    const author = authorOf(queued.write);
    const key = writeKey(queued.write);
    const full = batch.size >= PUSH_WRITES_MAX || bytes >= PUSH_BYTES_MAX;
    // An event sees its author's earlier writes: it waits until they are answered.
    const early = ahead.has(author) && runsHere(state, queued.write);
    // A verdict names actor and number alone: two of a name go one by one.
    const twice = batch.has(key);
    const ready = full || early || twice || waiting.has(author)
      ? null
      : compute(sight, queued);
    ahead.add(author);
    if (ready) {
      batch.set(key, ready);
      state.routes.set(key, queued.origin);
      bytes += ready.authored.length + bytesIn(ready.effects ?? []);
      for (const hold of queued.holds) release(state.up, hold);
    } else {
      waiting.add(author);
      left.push(queued);
    }
  }
  state.queue = left;
  return [...batch.values()];
}

function runsHere(state: ServerState, write: PushedWrite): boolean {
  if (write.fault) return false;
  const authored = decodeAuthored(write.authored);
  return authored.kind === "event" &&
    authored.path.startsWith(`/${state.zone}/`);
}

/** A write with what its computation made of it; `null` while rows are missing. */
function compute(sight: Sight, queued: Queued): PushedWrite | null {
  const { state } = sight;
  const { write } = queued;
  if (write.fault) return write;
  const authored = decodeAuthored(write.authored);
  if (
    authored.kind === "effects" || !authored.path.startsWith(`/${state.zone}/`)
  ) {
    return write;
  }
  let effects: PushedWrite["effects"] = null;
  try {
    const fault = faultOf(() => {
      effects = runEvent(sight, write, authored.path, authored.payload);
    });
    return { ...write, fault, effects };
  } catch (error) {
    if (!(error instanceof NotHeld)) throw error;
    if (queued.holds.length >= HOLDS_MAX) {
      const path = authored.path;
      const fault = faultOf(() =>
        refuse(
          "too-large",
          path,
          "too many reads",
          `at most ${HOLDS_MAX} ranges`,
        )
      );
      return { ...write, fault };
    }
    queued.holds.push(hold(state.up, error.path, error.range));
    return null;
  }
}

function runEvent(
  sight: Sight,
  write: PushedWrite,
  path: string,
  payload: unknown,
): PushedWrite["effects"] {
  const { app, zone, lastStamps } = sight.state;
  const { actor, n } = write;
  const towardsRoot = ancestors(app, zone)
    .flatMap((name) =>
      app.zones.get(name)!.vars.map((variable) => variable.path)
    );
  // One that was made by a wrong clock is refused, and must not be gone by again.
  const last = lastStamps.get(actor) ?? 0;
  const nowMs = sight.around.nowMs + sight.state.up.offsetMs;
  const place = placeAt(sight, actor, visibleTo(app, zone, towardsRoot, ""), {
    rangesOf: () => [WHOLE],
    lastStamp: isAhead(last, nowMs) ? 0 : last,
  });
  const event = {
    nodeId: actor,
    session: { claims: write.session?.claims, signature: "" },
    payload,
    id: `${actor}.${n}`,
  };
  const log = new ReadLog();
  const effects = runComputation(place, path, event, log)
    .map((effect) => wireEffect(app, effect, actor));
  let latest = place.lastStamp;
  for (const { variable, change } of readEffects(app, effects, write)) {
    const stamp = variable.crdt.stampOf(change);
    if (stamp) latest = Math.max(latest, stamp.timestamp);
  }
  lastStamps.set(actor, latest);
  const [oldest] = lastStamps.keys();
  if (lastStamps.size > STAMPS_MAX) lastStamps.delete(oldest!);
  return effects;
}

function faultOf(run: () => void): Fault | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
}
