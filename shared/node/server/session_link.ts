/**
 * What a server node says to its clients and hears from them.
 *
 * @module
 */

import type { Fault } from "../../protocol/codes.ts";
import { FaultError } from "../../protocol/fault_error.ts";
import {
  FRAME_BYTES_MAX,
  ID_LENGTH_MAX,
  WRITE_BYTES_MAX,
} from "../../protocol/limits.ts";
import type { Live, Part } from "../../protocol/live.ts";
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from "../../protocol/message.ts";
import type { Push, PushedWrite } from "../../protocol/push.ts";
import type { Want } from "../../protocol/want.ts";
import { disagreement, readFrame, refusalFrame } from "../frames.ts";
import type { Output, Surroundings } from "../outcome.ts";
import { enqueueOf } from "./queue.ts";
import type { Attachment, Session } from "./session.ts";
import type { ServerState } from "./state.ts";
import { addSessionWant, dropSessionWant } from "./wants.ts";

const ID = /^[\x21-\x7e]+$/;

/** The clients' side of one step. */
export class SessionLink {
  readonly #state: ServerState;
  readonly #around: Surroundings;
  readonly #after: Output[];

  /** Works on the state of one step, and adds to what it does. */
  constructor(state: ServerState, around: Surroundings, after: Output[]) {
    this.#state = state;
    this.#around = around;
    this.#after = after;
  }

  /** Takes in a frame; says whether the client asked if it missed something. */
  receive(session: Session, bytes: Uint8Array): boolean {
    const message = readFrame(bytes, decodeMessage, FRAME_BYTES_MAX);
    if (message.type === "fault") {
      this.#refuse(session, message.fault);
      return false;
    }
    if (message.type === "hello") {
      this.#hello(session, message);
      return false;
    }
    if (
      !("link" in message) || message.link !== session.link ||
      session.link === 0
    ) {
      this.#send(session, { type: "resync", link: session.link });
      return false;
    }
    try {
      return this.#heard(session, message);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.#refuse(session, error.fault);
      return false;
    }
  }

  /** Takes up the wants of a session that outlived this node's memory. */
  resume(session: Session, wants: Attachment["wants"]): void {
    const epoch = wants.find((want) => want.cursor)?.cursor?.epoch;
    if (epoch !== undefined && this.#state.up.epoch === "") {
      this.#state.up.epoch = epoch;
    }
    for (const want of wants) {
      try {
        addSessionWant(this.#state, session, want, this.#around.nowMs);
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
      }
    }
  }

  /** Answers the hellos that waited for the parent. */
  greet(): void {
    const { epoch, offsetMs } = this.#state.up;
    const timeMs = Math.floor(this.#around.nowMs + offsetMs);
    for (const session of this.#state.sessions.values()) {
      if (session.greeted || session.link === 0) continue;
      session.greeted = true;
      session.isUnkept = true;
      const { link, claims, asked } = session;
      session.asked = [];
      try {
        this.#add(session, asked);
        this.#send(session, { type: "welcome", link, epoch, timeMs, claims });
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        this.#end(session, error.fault);
      }
    }
  }

  /** Sends what a session has coming: verdicts with the last of their rows, so that nothing flickers. */
  send(session: Session, messages: readonly Part[][]): void {
    const due = session.verdicts;
    session.verdicts = [];
    for (const [i, parts] of messages.entries()) {
      const verdicts = i === messages.length - 1 ? due : [];
      if (parts.length === 0 && verdicts.length === 0) continue;
      const live: Live = {
        type: "live",
        link: session.link,
        number: ++session.number,
        head: 0,
        epoch: "",
        timeMs: Math.floor(this.#around.nowMs + this.#state.up.offsetMs),
        verdicts,
        parts,
      };
      for (
        const { seq } of [
          ...verdicts,
          ...parts.flatMap((part) => part.rows),
        ]
      ) {
        session.seen = Math.max(session.seen, seq);
      }
      session.isUnkept = true;
      this.#send(session, live);
    }
  }

  /** Ends sessions whose claims have run out. */
  expire(): void {
    for (const session of this.#state.sessions.values()) {
      if (session.expiresMs > this.#around.nowMs) continue;
      this.#end(session, {
        code: "needs-auth",
        path: "session",
        found: "claims that have run out",
        wanted: "new ones",
      });
    }
  }

  /** Forgets what every client wants, and asks it to say hello again. */
  resyncAll(): void {
    for (const session of this.#state.sessions.values()) {
      if (session.link === 0) continue;
      this.#send(session, { type: "resync", link: session.link });
      // Should that be lost: nothing more is sent, and whatever it asks is answered so.
      for (const path of [...session.wants.keys()]) {
        dropSessionWant(this.#state, session, path);
      }
      session.link = 0;
      session.greeted = false;
      // After a sleep too, it is not fed as if it had heard of it.
      session.isUnkept = true;
    }
  }

  /** Forgets a session and what it wanted. */
  forget(session: Session): void {
    for (const path of [...session.wants.keys()]) {
      dropSessionWant(this.#state, session, path);
    }
    this.#state.sessions.delete(session.socket);
  }

  #hello(session: Session, message: Extract<Message, { type: "hello" }>): void {
    const disagreed = disagreement(message, this.#state.app.hash) ??
      idFault("hello.node", message.node);
    if (disagreed) return this.#end(session, disagreed);
    if (message.link <= session.link) {
      return this.#send(session, { type: "resync", link: session.link });
    }
    for (const path of [...session.wants.keys()]) {
      dropSessionWant(this.#state, session, path);
    }
    session.nodeId = message.node;
    session.link = message.link;
    session.number = 0;
    session.demandVersion = 0;
    session.seen = message.seen;
    session.isBehind = true;
    session.greeted = false;
    session.verdicts = [];
    session.asked = message.wants;
  }

  #add(session: Session, wants: readonly Want[]): void {
    const order = [...this.#state.app.vars.keys()];
    const sorted = [...wants]
      .sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
    for (const want of sorted) {
      addSessionWant(this.#state, session, want, this.#around.nowMs);
    }
  }

  #heard(session: Session, message: Message): boolean {
    if (message.type === "push") this.#push(session, message);
    else if (message.type === "check") {
      const { link, number } = session;
      // A demand was lost on its way, or with the memory of this node.
      if (message.demands !== session.demandVersion) {
        this.#send(session, { type: "resync", link });
        return false;
      }
      this.#send(session, { type: "checked", link, number });
      return true;
    } else if (message.type === "demand") {
      if (message.version <= session.demandVersion) return false;
      if (message.version > session.demandVersion + 1) {
        this.#send(session, { type: "resync", link: session.link });
        return false;
      }
      session.demandVersion = message.version;
      session.isUnkept = true;
      for (const { id, path } of [...session.wants.values()]) {
        if (!message.drop.includes(id)) continue;
        dropSessionWant(this.#state, session, path);
      }
      this.#add(session, message.add);
    } else {
      this.#refuse(session, {
        code: "malformed",
        path: "frame",
        found: `a ${message.type}`,
        wanted: "a message that clients send",
      });
    }
    return false;
  }

  #push(session: Session, push: Push): void {
    for (const write of push.writes) {
      const fault = envelopeFault(write);
      if (fault) this.#refuse(session, fault);
      else enqueueOf(this.#state, session, write);
    }
  }

  #refuse(session: Session, fault: Fault): void {
    this.#after.push({
      type: "send",
      link: session.socket,
      bytes: refusalFrame(fault),
    });
  }

  #end(session: Session, fault: Fault): void {
    this.#refuse(session, fault);
    this.#after.push({ type: "close", link: session.socket, fault });
    this.forget(session);
  }

  #send(session: Session, message: Message): void {
    const bytes = encodeMessage(message);
    this.#after.push({ type: "send", link: session.socket, bytes });
  }
}

/** What is wrong with a write before anything in it is read. */
function envelopeFault(
  { actor, n, seenThrough, authored }: PushedWrite,
): Fault | null {
  if (authored.length > WRITE_BYTES_MAX) {
    const found = `${authored.length} bytes`;
    const wanted = `at most ${WRITE_BYTES_MAX}`;
    return { code: "too-large", path: "write", found, wanted };
  }
  const fault = idFault("write.actor", actor);
  if (fault || n >= 1 && seenThrough < n) return fault;
  const wanted = "a number past seenThrough";
  return { code: "malformed", path: "write.n", found: `${n}`, wanted };
}

function idFault(path: string, id: string): Fault | null {
  if (id.length <= ID_LENGTH_MAX && ID.test(id)) return null;
  return {
    code: "malformed",
    path,
    found: "no id",
    wanted: `1 to ${ID_LENGTH_MAX} printable ASCII characters`,
  };
}
