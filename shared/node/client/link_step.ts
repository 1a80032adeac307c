/**
 * A client's end of the link upward: dialing with back-off and jitter, hello,
 * heartbeat, answer time-outs, and going on from cursors.
 *
 * @module
 */

import type { Fault } from "../../protocol/codes.ts";
import { decodeDownward } from "../../protocol/downward.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import { encodeUpward, type Upward } from "../../protocol/upward.ts";
import { PROTOCOL_VERSION } from "../../protocol/version.ts";
import type { Want } from "../../protocol/want.ts";
import type { Welcome } from "../../protocol/welcome.ts";
import { readFrame } from "../frames.ts";
import { subjectOf } from "../subject.ts";
import type { ClientWork, LinkWork } from "./client_work.ts";
import { age } from "./age.ts";
import { batchesOf } from "./push_batches.ts";
import {
  answerAtMs,
  awaits,
  BACKOFF_MS_MAX,
  BACKOFF_MS_MIN,
  beatAtMs,
  checkAtMs,
  isDue,
  nextTime,
  putBack,
} from "./link_times.ts";
import { correctClock } from "./correct_clock.ts";
import { notHeldBack } from "./held_back.ts";
import { letGo } from "./others.ts";
import { receiveLive } from "./receive.ts";
import type { ClientState, ClientWant, ConnectionState } from "./state.ts";
import type { ClientEvent } from "./client_event.ts";
import { encodeSession, SESSION_KEY, SESSION_PATH } from "./stored.ts";

/** So many writes may be unanswered at a time. */
const WINDOW_WRITES = 256;

/** The link's part of one event. */
export class LinkStep implements LinkWork {
  readonly #step: ClientWork;
  readonly #state: ClientState;

  /** Works on the state of one step. */
  constructor(step: ClientWork) {
    this.#step = step;
    this.#state = step.state;
  }

  /** Does what an event of the link asks for. */
  handle(event: ClientEvent): void {
    switch (event.type) {
      case "linked":
        return this.#linked();
      case "unlinked":
        return this.#unlinked(event.fault);
      case "frame":
        return this.#frame(event.bytes);
      case "pong":
        this.#heard();
        return;
      case "wake":
        return this.wake();
      case "alarm":
        // Early, or by a clock that was put back: then another one is asked for.
        this.#state.alarmAtMs = null;
        return;
      default:
        return;
    }
  }

  /** Opens the link. */
  dial(): void {
    const { link } = this.#state;
    if (link.phase !== "down" || this.#state.connection === "closed") return;
    link.phase = "dialing";
    link.dialAtMs = null;
    link.askedMs = this.#now;
    this.#is("connecting");
    this.#step.after.push({ type: "dial" });
  }

  /** Opens the link now, or asks whether something was missed on it. */
  wake(): void {
    const { link } = this.#state;
    if (link.phase === "down") {
      link.attempts = 0;
      return this.dial();
    }
    if (link.greeted) this.#check();
  }

  /** Demands a var, which comes from above, from now on. */
  want(path: string): void {
    const known = this.#state.wants.get(path);
    const id = ++this.#state.lastWant;
    const want = known ?? { id, path, cursor: null, held: false, next: "" };
    this.#state.wants.set(path, want);
    if (this.#state.link.greeted) this.demand([], [want]);
  }

  /** Changes what is demanded. */
  demand(drop: readonly number[], add: readonly ClientWant[]): void {
    const { link } = this.#state;
    const version = ++link.demandVersion;
    const message = {
      type: "demand",
      link: link.number,
      version,
      drop,
      add: add.map(wantOf),
    } as const;
    this.#send(message);
    link.askedMs ??= this.#now;
  }

  /** Sends what was not sent on this link yet, as far as the window goes. */
  push(): void {
    const { link } = this.#state;
    if (!link.greeted) return;
    const writes: PushedWrite[] = [];
    const seen = new Map<string, number>();
    for (const { actor, n, key, authored } of notHeldBack(this.#state)) {
      if (link.pushed.size >= WINDOW_WRITES) break;
      // All before an actor's first one here is answered.
      const seenThrough = seen.get(actor) ?? n - 1;
      seen.set(actor, seenThrough);
      if (link.pushed.has(key)) continue;
      link.pushed.add(key);
      writes.push({
        actor,
        n,
        seenThrough,
        authored,
        session: null,
        fault: null,
        effects: null,
      });
    }
    for (const batch of batchesOf(writes)) {
      this.#send({ type: "push", link: link.number, writes: batch });
    }
    if (writes.length > 0) link.pushedMs ??= this.#now;
  }

  /** Sends all that is unanswered; what was never sent is marked before it is. */
  drain(): void {
    const state = this.#state;
    if (!state.link.greeted) return;
    for (const pending of notHeldBack(state)) {
      if (pending.sent) continue;
      const sent = { ...pending, sent: true };
      state.outbox.put(sent);
      this.#step.store(sent);
    }
    this.push();
  }

  /** Asks for a new start of the link, going on from the cursors. */
  hello(): void {
    const { link, wants, observed, nodeId, app, seen } = this.#state;
    link.number = Math.max(link.number + 1, Math.floor(this.#now));
    link.greeted = false;
    link.received = 0;
    link.demandVersion = 0;
    link.pushed.clear();
    link.knownMs = new Map();
    link.heldMs = null;
    link.askedMs = this.#now;
    link.pushedMs = null;
    const wanted = [...wants.values()].filter((want) =>
      observed.has(want.path)
    );
    for (const want of wanted) {
      want.id = ++this.#state.lastWant;
      want.next = want.cursor?.page?.key ?? "";
    }
    this.#send({
      type: "hello",
      protocol: PROTOCOL_VERSION,
      specHash: app.hash,
      node: nodeId,
      link: link.number,
      seen,
      wants: wanted.map(wantOf),
    });
  }

  /** Drops the link, and opens it again after a while. */
  fail(): void {
    this.#step.after.push({ type: "hang-up" });
    this.#unlinked(null);
  }

  /** Ends the link, for good. */
  close(): void {
    this.#step.after.push({ type: "hang-up" });
    this.#down();
    this.#is("closed");
  }

  /** Does what the time asks for, and asks for the next time. */
  finish(): void {
    const { link } = this.#state;
    if (this.#state.connection !== "closed") this.#onTime();
    const atMs = nextTime(link);
    if (atMs === this.#state.alarmAtMs) return;
    this.#state.alarmAtMs = atMs;
    this.#step.after.push({ type: "alarm", atMs });
  }

  get #now(): number {
    return this.#step.around.nowMs;
  }

  #onTime(): void {
    const { link } = this.#state;
    const now = this.#now;
    putBack(link, now);
    if (link.askedMs !== null && !awaits(this.#state)) link.askedMs = null;
    if (isDue(answerAtMs(link), now)) return this.fail();
    if (isDue(link.dialAtMs, now)) return this.dial();
    if (isDue(link.heldMs, now)) this.drain();
    if (isDue(checkAtMs(link), now)) this.#check();
    if (isDue(beatAtMs(link), now)) {
      link.pingedMs = now;
      this.#step.after.push({ type: "ping" });
    }
  }

  #linked(): void {
    const { link } = this.#state;
    link.phase = "open";
    link.heardMs = this.#now;
    link.pingedMs = null;
    // An older link's end may have come after this one's dial.
    link.dialAtMs = null;
    this.hello();
  }

  #unlinked(fault: Fault | null): void {
    const { link } = this.#state;
    if (this.#state.connection === "closed") return;
    this.#down();
    this.#state.fault = fault;
    const delayMs = Math.min(
      BACKOFF_MS_MAX,
      BACKOFF_MS_MIN * 2 ** link.attempts++,
    );
    const half = delayMs / 2;
    const waitMs = Math.ceil(half + half * this.#step.around.random());
    link.dialAtMs = fault?.code === "needs-auth"
      ? null
      : this.#now + (fault ? BACKOFF_MS_MAX : waitMs);
    this.#is(
      fault === null
        ? "disconnected"
        : fault.code === "needs-auth"
        ? "needs-auth"
        : "refused",
    );
  }

  #down(): void {
    const { link } = this.#state;
    link.phase = "down";
    link.greeted = false;
    link.askedMs = null;
    link.pushedMs = null;
    link.pingedMs = null;
    link.dialAtMs = null;
    link.heldMs = null;
  }

  #heard(): void {
    const { link } = this.#state;
    link.heardMs = this.#now;
    link.pingedMs = null;
  }

  /** Asks whether something was missed; an answer must come. */
  #check(): void {
    const { link } = this.#state;
    link.checkedMs = this.#now;
    const { number: on, received: number, demandVersion: demands } = link;
    this.#send({ type: "check", link: on, number, demands });
    link.pingedMs ??= this.#now;
  }

  #frame(bytes: Uint8Array): void {
    if (this.#state.link.phase !== "open") return;
    this.#heard();
    const message = readFrame(bytes, (frame) => decodeDownward(frame));
    if (message.type === "fault" || message.type === "refusal") {
      return this.#refused(message.fault);
    }
    const { link } = this.#state;
    if (message.type === "resync") {
      link.number = Math.max(link.number, message.link);
      return this.hello();
    }
    if (!("link" in message) || message.link !== link.number) return;
    if (message.type === "welcome") this.#welcomed(message);
    else if (message.type === "live") receiveLive(this.#step, message);
    else if (message.type === "checked") {
      if (message.number > link.received) this.hello();
      // All that the server had is here: what is not in it will not come.
      else if (!awaits(this.#state)) letGo(this.#step, true);
    }
  }

  #refused(fault: Fault): void {
    const final = [
      "needs-auth",
      "protocol-version",
      "spec-mismatch",
      "forbidden",
    ];
    if (final.includes(fault.code)) {
      this.#step.after.push({ type: "hang-up" });
      // Claims that ran out may be renewed: whether they can, the next dial tells.
      this.#unlinked(fault.code === "needs-auth" ? null : fault);
    } else {
      this.#state.fault = fault;
      this.#step.statusChanged = true;
    }
  }

  #welcomed(welcome: Welcome): void {
    const state = this.#state;
    const { link } = state;
    if (
      state.claims !== undefined &&
      subjectOf(state.claims) !== subjectOf(welcome.claims)
    ) {
      // What is stored here is another's: neither shown to this one nor sent as theirs.
      return this.#refused({
        code: "forbidden",
        path: "session",
        found: "another subject than this store's",
        wanted: "the same",
      });
    }
    link.greeted = true;
    link.syncedMs = welcome.timeMs;
    link.checkedMs = this.#now;
    link.attempts = 0;
    state.fault = null;
    state.claims = welcome.claims;
    for (const want of state.wants.values()) {
      if (want.cursor?.epoch === welcome.epoch) continue;
      if (want.cursor) age(this.#step.draft, want);
      want.cursor = null;
      want.next = "";
    }
    if (![...state.wants.values()].some((want) => want.cursor)) state.seen = 0;
    state.epoch = welcome.epoch;
    correctClock(this.#step, welcome.timeMs - this.#now);
    const { claims, clock: { offsetMs } } = state;
    const body = encodeSession({ claims, offsetMs });
    this.#step.draft.put(SESSION_PATH, SESSION_KEY, 0, body);
    this.#is("connected");
    this.drain();
  }

  #is(connection: ConnectionState): void {
    if (this.#state.connection === connection) return;
    this.#state.connection = connection;
    this.#step.statusChanged = true;
  }

  #send(message: Upward): void {
    this.#step.after.push({
      type: "send",
      link: "up",
      bytes: encodeUpward(message),
    });
  }
}

function wantOf({ id, path, cursor }: ClientWant): Want {
  return { id, path, range: null, consumer: null, cursor };
}
