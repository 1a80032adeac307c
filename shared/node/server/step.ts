/**
 * The step of a server node: it ends the sockets of clients, keeps a scoped copy,
 * computes for its sessions, and forwards writes in batches.
 *
 * @module
 */

import type { App } from "../../spec/app.ts";
import type { Live } from "../../protocol/live.ts";
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from "../../protocol/message.ts";
import { DraftRows } from "../draft_rows.ts";
import type { Change } from "../apply_part.ts";
import { readFrame } from "../frames.ts";
import type { Outcome, Output, Surroundings } from "../outcome.ts";
import { hasReady, takeBatch } from "./queue.ts";
import {
  attachmentOf,
  newSession,
  readAttachment,
  type Session,
} from "./session.ts";
import { partsFor } from "./session_feed.ts";
import { SessionLink } from "./session_link.ts";
import { type ServerState, writeKey } from "./state.ts";
import { WHOLE } from "../var_rows.ts";
import {
  demandFrame,
  GAP_MS_MAX,
  hello,
  hold,
  newUpstream,
  receiveLive,
} from "./upstream.ts";

const RETRY_MS_MIN = 200;
const RETRY_MS_MAX = 10_000;

/** What happens to a server node. */
export type ServerEvent =
  /** A client's socket opened, its token verified. */
  | {
    readonly type: "joined";
    readonly socket: string;
    readonly claims: unknown;
    readonly expiresMs: number;
  }
  /** The node wakes, and these sockets are still open: always the first event then. */
  | {
    readonly type: "restored";
    readonly sockets: readonly {
      readonly socket: string;
      readonly attachment: Uint8Array;
    }[];
  }
  /** Somebody looks at these vars of this zone from now on. */
  | { readonly type: "observe"; readonly paths: readonly string[] }
  /** A client's socket closed. */
  | { readonly type: "left"; readonly socket: string }
  /** A client sent a frame. */
  | {
    readonly type: "frame";
    readonly socket: string;
    readonly bytes: Uint8Array;
  }
  /** The parent calls, or answers (`answering`) what this node called. */
  | {
    readonly type: "peer";
    readonly from: string;
    readonly bytes: Uint8Array;
    readonly answering: boolean;
  }
  /** A call to the parent failed; whether it was received is unknown. */
  | { readonly type: "peer-failed"; readonly to: string }
  /** The turn that was asked for. */
  | { readonly type: "turn" }
  /** The time that was asked for has come. */
  | { readonly type: "alarm" };

/** A server node that knows nobody. */
export function newServer(
  app: App,
  zone: string,
  name: string,
  parent: string,
): ServerState {
  return {
    app,
    zone,
    name,
    parent,
    up: newUpstream(),
    sessions: new Map(),
    queue: [],
    inFlight: new Map(),
    routes: new Map(),
    turnAsked: false,
    failures: 0,
    retryAtMs: null,
    lastStamps: new Map(),
    alarmAtMs: null,
  };
}

/** One event of a server node. What it throws means: forget the state. */
export function stepServer(
  state: ServerState,
  event: ServerEvent,
  around: Surroundings,
): Outcome {
  const step = new ServerStep(state, around);
  switch (event.type) {
    case "joined":
      step.joined(newSession(event.socket, event.claims, event.expiresMs));
      break;
    case "restored":
      step.restored(event.sockets);
      break;
    case "observe":
      step.observe(event.paths);
      break;
    case "left":
      step.left(event.socket);
      break;
    case "frame":
      step.frame(event.socket, event.bytes);
      break;
    case "peer":
      step.receive(event.bytes, event.answering);
      break;
    case "peer-failed":
      step.failed();
      break;
    case "turn":
      state.turnAsked = false;
      break;
    case "alarm":
      state.alarmAtMs = null;
      break;
  }
  return step.finish(event.type === "turn");
}

class ServerStep {
  readonly #state: ServerState;
  readonly #around: Surroundings;
  readonly #draft: DraftRows;
  readonly #after: Output[] = [];
  readonly #changes: Change[] = [];
  readonly #clients: SessionLink;

  constructor(state: ServerState, around: Surroundings) {
    this.#state = state;
    this.#around = around;
    this.#draft = new DraftRows(around.rows);
    this.#clients = new SessionLink(state, around, this.#after);
  }

  joined(session: Session): void {
    this.#state.sessions.set(session.socket, session);
    this.#attach(session);
    if (this.#state.up.link === 0) this.#hello();
  }

  restored(
    sockets: readonly { socket: string; attachment: Uint8Array }[],
  ): void {
    for (const { socket, attachment } of sockets) {
      const kept = readAttachment(attachment);
      const session = newSession(socket, kept.claims, kept.expiresMs);
      session.nodeId = kept.nodeId;
      session.link = kept.link;
      session.number = kept.number;
      session.seen = kept.seen;
      session.greeted = kept.link > 0;
      this.#state.sessions.set(socket, session);
      this.#clients.resume(session, kept.wants);
      // What it wanted had no room beside the socket.
      if (!session.greeted && kept.nodeId !== "") {
        const bytes = encodeMessage({ type: "resync", link: 0 });
        this.#after.push({ type: "send", link: socket, bytes });
      }
    }
    if (sockets.length > 0) this.#hello();
  }

  observe(paths: readonly string[]): void {
    const { app, zone, up } = this.#state;
    for (const path of paths) {
      const variable = app.vars.get(path);
      if (variable?.kind !== "derived" || variable.computerZone === zone) {
        continue;
      }
      hold(up, path, WHOLE);
    }
    if (up.link === 0) this.#hello();
  }

  left(socket: string): void {
    const session = this.#state.sessions.get(socket);
    if (session) this.#clients.forget(session);
  }

  frame(socket: string, bytes: Uint8Array): void {
    const session = this.#state.sessions.get(socket);
    if (!session) {
      return void this.#after.push({
        type: "close",
        link: socket,
        fault: null,
      });
    }
    const check = this.#clients.receive(session, bytes);
    // The last frame before a sleep can be lost on either link: ask further up.
    if (check) this.#checkParent();
  }

  receive(bytes: Uint8Array, answering: boolean): void {
    const message = readFrame(bytes, decodeMessage);
    const { up } = this.#state;
    if (message.type === "live") this.#live(message, answering);
    else if (message.type === "welcome" && message.link === up.link) {
      this.#welcomed(message);
    } else if (message.type === "checked") {
      up.checking = false;
      this.#clients.believeNone(up.head);
    } else if (message.type === "resync") {
      up.link = Math.max(up.link, message.link);
      this.#hello();
    } else if (message.type === "refusal") this.failed();
  }

  failed(): void {
    const state = this.#state;
    state.up.greeted = false;
    state.failures++;
    const delayMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** state.failures);
    state.retryAtMs = this.#around.nowMs +
      Math.ceil(delayMs * (0.5 + this.#around.random() / 2));
  }

  finish(turn: boolean): Outcome {
    const { nowMs } = this.#around;
    this.#clients.expire();
    const { retryAtMs, up } = this.#state;
    const lost = up.gapMs !== null && up.gapMs + GAP_MS_MAX <= nowMs;
    if (lost || retryAtMs !== null && retryAtMs <= nowMs) this.#hello();
    if (this.#state.up.greeted) this.#clients.greet();
    // What came must go on at once, also while the parent does not answer.
    this.#feed();
    if (this.#state.up.greeted) {
      if (turn) this.#push();
      const demand = demandFrame(this.#state.up, this.#draft);
      if (demand) this.#toParent(demand);
      this.#askTurn();
    }
    this.#setAlarm();
    return { writes: this.#draft.writes(), after: this.#after };
  }

  #hello(): void {
    const { up, name, app } = this.#state;
    this.#state.retryAtMs = null;
    // Whatever is lost from here on shows as a failed call, or is asked again.
    this.#toParent(hello(up, name, app.hash, this.#around.nowMs));
  }

  #welcomed(welcome: Extract<Message, { type: "welcome" }>): void {
    const { up } = this.#state;
    up.greeted = true;
    up.offsetMs = welcome.timeMs - this.#around.nowMs;
    this.#state.failures = 0;
    if (up.epoch !== "" && up.epoch !== welcome.epoch) this.#newHistory();
    up.epoch = welcome.epoch;
    if (this.#state.inFlight.size > 0) this.#resend();
  }

  #newHistory(): void {
    const { up } = this.#state;
    up.head = 0;
    for (const held of up.held.values()) held.seq = null;
    this.#clients.resyncAll();
  }

  #live(live: Live, answering: boolean): void {
    const { up } = this.#state;
    // Whoever wanted this went with the memory: a hello says what is wanted now.
    if (up.link === 0) return this.#hello();
    up.checking = false;
    const { nowMs } = this.#around;
    const received = receiveLive(this.#state.app, up, live, this.#draft, nowMs);
    this.#changes.push(...received.changes);
    if (!answering) {
      const bytes = encodeMessage({
        type: "ack",
        link: live.link,
        number: live.number,
      });
      this.#after.push({ type: "reply", bytes });
    }
    for (const verdict of received.verdicts) {
      this.#state.inFlight.delete(writeKey(verdict));
      this.#clients.verdict(verdict);
    }
  }

  #feed(): void {
    const sight = {
      state: this.#state,
      around: this.#around,
      rows: this.#draft,
    };
    let behind = false;
    for (const session of this.#state.sessions.values()) {
      if (!session.greeted) continue;
      if (session.seen > this.#state.up.head) {
        behind = true;
        continue;
      }
      const messages = partsFor(sight, session, this.#changes);
      if (this.#clients.send(session, messages)) this.#attach(session);
    }
    if (behind) this.#checkParent();
  }

  #checkParent(): void {
    const { up } = this.#state;
    if (!up.greeted || up.checking) return;
    up.checking = true;
    this.#toParent(
      encodeMessage({ type: "check", link: up.link, number: up.number }),
    );
  }

  #push(): void {
    if (this.#state.inFlight.size > 0) return;
    const sight = {
      state: this.#state,
      around: this.#around,
      rows: this.#draft,
    };
    const batch = takeBatch(sight);
    for (const write of batch) this.#state.inFlight.set(writeKey(write), write);
    if (batch.length > 0) this.#resend();
  }

  #resend(): void {
    const writes = [...this.#state.inFlight.values()];
    const { link } = this.#state.up;
    this.#toParent(encodeMessage({ type: "push", link, writes }));
  }

  /** Always a call of its own, whose failure comes back here; never a reply. */
  #toParent(bytes: Uint8Array): void {
    this.#after.push({ type: "call", to: this.#state.parent, bytes });
  }

  #askTurn(): void {
    const { inFlight, turnAsked } = this.#state;
    if (inFlight.size > 0 || turnAsked || !hasReady(this.#state)) return;
    this.#state.turnAsked = true;
    this.#after.push({ type: "turn" });
  }

  #attach(session: Session): void {
    const bytes = attachmentOf(session, this.#state.up.epoch);
    this.#after.push({ type: "attach", link: session.socket, bytes });
  }

  #setAlarm(): void {
    const { sessions, retryAtMs, up } = this.#state;
    let atMs = retryAtMs ?? Infinity;
    if (up.gapMs !== null) atMs = Math.min(atMs, up.gapMs + GAP_MS_MAX);
    for (const { expiresMs } of sessions.values()) {
      atMs = Math.min(atMs, expiresMs);
    }
    const next = Number.isFinite(atMs) ? atMs : null;
    if (next === this.#state.alarmAtMs) return;
    this.#state.alarmAtMs = next;
    this.#after.push({ type: "alarm", atMs: next });
  }
}
