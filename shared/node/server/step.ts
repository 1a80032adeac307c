/**
 * The step of a server node: it ends the sockets of clients, keeps a scoped copy,
 * computes for its sessions, and forwards writes in batches.
 *
 * @module
 */

import type { App } from "../../spec/app.ts";
import type { Verdict } from "../../protocol/live.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message.ts";
import { type Change, mergeChanges } from "../apply_part.ts";
import { DraftRows } from "../draft_rows.ts";
import { readFrame, refusalFrame } from "../frames.ts";
import type { Outcome, Output, Surroundings } from "../outcome.ts";
import { PAGING, type Paging } from "../page.ts";
import { nextLookMs, PeerLinks, storedPeers } from "../peers/peer_links.ts";
import { WHOLE } from "../var_rows.ts";
import { ParentLink } from "./parent_link.ts";
import type { Sight } from "./place.ts";
import { ServerProducer } from "./server_producer.ts";
import {
  attachmentIn,
  attachmentOf,
  newSession,
  type Session,
} from "./session.ts";
import { partsFor, reopen } from "./session_feed.ts";
import { SessionLink } from "./session_link.ts";
import { type ServerState, writeKey } from "./state.ts";
import {
  GAP_MS_MAX,
  headOf,
  hold,
  newUpstream,
  type Received,
} from "./upstream.ts";

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
  /** Another node calls, or answers (`answering`) what this node called. */
  | {
    readonly type: "peer";
    readonly from: string;
    readonly bytes: Uint8Array;
    readonly answering: boolean;
  }
  /** A call to another node failed; whether it was received is unknown. */
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
  paging: Paging = PAGING,
): ServerState {
  return {
    app,
    zone,
    name,
    parent,
    up: newUpstream(),
    paging,
    peers: new Map(),
    sessions: new Map(),
    queue: [],
    inFlight: new Map(),
    routes: new Map(),
    orphansAtMs: null,
    turnAsked: false,
    failures: 0,
    retryAtMs: null,
    lastStamps: new Map(),
    watch: { atMs: null },
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
      step.receive(event.from, event.bytes, event.answering);
      break;
    case "peer-failed":
      step.callFailed(event.to);
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
  readonly #sight: Sight;
  readonly #after: Output[] = [];
  readonly #changes: Change[] = [];
  readonly #parent: ParentLink;
  readonly #clients: SessionLink;
  readonly #peers: PeerLinks;

  constructor(state: ServerState, around: Surroundings) {
    this.#state = state;
    this.#around = around;
    const draft = this.#draft = new DraftRows(around.rows);
    this.#sight = { state, around, rows: draft };
    this.#parent = new ParentLink(this.#sight, draft, this.#after);
    this.#clients = new SessionLink(state, around, this.#after);
    this.#peers = new PeerLinks(
      new ServerProducer(this.#sight),
      state,
      { draft, nowMs: around.nowMs },
      this.#after,
    );
  }

  joined(session: Session): void {
    this.#state.sessions.set(session.socket, session);
    this.#parent.open();
  }

  restored(
    sockets: readonly { socket: string; attachment: Uint8Array }[],
  ): void {
    for (const peer of storedPeers(this.#draft)) {
      this.#state.peers.set(peer.name, peer);
    }
    for (const { socket, attachment } of sockets) {
      const kept = attachmentIn(attachment);
      if (!kept) {
        // Another version wrote it: the client comes again, and says who it is.
        this.#after.push({ type: "close", link: socket, fault: null });
        continue;
      }
      const session = newSession(socket, kept.claims, kept.expiresMs);
      session.nodeId = kept.nodeId;
      session.link = kept.link;
      session.number = kept.number;
      session.demandVersion = kept.demandVersion;
      session.seen = kept.seen;
      session.greeted = kept.link > 0;
      session.isUnkept = false;
      this.#state.sessions.set(socket, session);
      this.#clients.resume(session, kept.wants);
      // What it wanted had no room beside the socket.
      if (!session.greeted && kept.nodeId !== "") {
        const bytes = encodeMessage({ type: "resync", link: 0 });
        this.#after.push({ type: "send", link: socket, bytes });
      }
    }
    if (sockets.length + this.#state.peers.size > 0) this.#parent.hello();
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
    this.#parent.open();
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
    if (check) this.#state.up.isDoubted = true;
  }

  receive(from: string, bytes: Uint8Array, answering: boolean): void {
    const message = readFrame(bytes, decodeMessage);
    if (from === this.#state.parent) {
      return this.#take(this.#parent.receive(message, answering));
    }
    if (message.type === "fault") {
      this.#peers.answer(from, refusalFrame(message.fault), answering);
    } else this.#peers.receive(from, message, answering);
    this.#parent.open();
  }

  callFailed(to: string): void {
    if (to === this.#state.parent) this.#parent.failed();
    else this.#peers.failed(to);
  }

  finish(turn: boolean): Outcome {
    this.#clients.expire();
    this.#parent.retry();
    if (this.#state.up.greeted) this.#clients.greet();
    // What came must go on at once, also while the parent does not answer.
    this.#feed();
    this.#peers.pump();
    this.#attach();
    this.#parent.flush(turn);
    this.#setAlarm();
    return { writes: this.#draft.writes(), after: this.#after };
  }

  /** Hands on what the parent sent. */
  #take({ changes, verdicts, reopened }: Received): void {
    const { sessions, peers } = this.#state;
    if (this.#parent.isNewHistory) {
      this.#clients.resyncAll();
      this.#peers.resyncAll();
    }
    // Messages that waited for an earlier one come with it: what comes and goes
    // meanwhile must not be told as both.
    this.#changes.push(...mergeChanges(changes));
    if (reopened.size > 0) {
      for (const session of sessions.values()) reopen(session, reopened);
      this.#peers.reopen(reopened);
    }
    for (const peer of peers.values()) {
      for (const { path, key } of changes) {
        peer.touched.set(`${path}\n${key}`, [path, key]);
      }
    }
    for (const verdict of verdicts) this.#settle(verdict);
  }

  /** Keeps a verdict for whoever waits for it. */
  #settle(verdict: Verdict): void {
    const { inFlight, routes, sessions, peers } = this.#state;
    const key = writeKey(verdict);
    const origin = routes.get(key);
    inFlight.delete(key);
    routes.delete(key);
    if (!origin) return;
    const waiting = "socket" in origin
      ? sessions.get(origin.socket)
      : peers.get(origin.peer);
    waiting?.verdicts.push(verdict);
  }

  #feed(): void {
    const { app, up, sessions } = this.#state;
    const head = headOf(app, up);
    const isLatest = up.isLatest && head === up.head;
    for (const session of sessions.values()) {
      if (!session.greeted) continue;
      if (session.isBehind && session.seen > head && !isLatest) {
        up.isDoubted = true;
        continue;
      }
      // No client has seen more than there is, whatever it says.
      if (session.isBehind) session.seen = Math.min(session.seen, head);
      session.isBehind = false;
      const messages = partsFor(this.#sight, session, this.#changes);
      this.#clients.send(session, messages);
    }
  }

  /** Puts beside each socket what its session has become. */
  #attach(): void {
    const { sessions, up } = this.#state;
    for (const session of sessions.values()) {
      if (!session.isUnkept) continue;
      session.isUnkept = false;
      const bytes = attachmentOf(session, up.epoch);
      this.#after.push({ type: "attach", link: session.socket, bytes });
    }
  }

  #setAlarm(): void {
    const { sessions, peers, watch, retryAtMs, orphansAtMs, up } = this.#state;
    let atMs = Math.min(
      retryAtMs ?? Infinity,
      orphansAtMs ?? Infinity,
      nextLookMs(peers, watch) ?? Infinity,
    );
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
