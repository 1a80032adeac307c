/**
 * What a server node says to its parent and hears from it.
 *
 * @module
 */

import type { Fault } from "../../protocol/codes.ts";
import type { Live } from "../../protocol/live.ts";
import { encodeMessage, type Message } from "../../protocol/message.ts";
import type { DraftRows } from "../draft_rows.ts";
import type { Output } from "../outcome.ts";
import type { Sight } from "./place.ts";
import { hasReady, takeBatch } from "./queue.ts";
import { type ServerState, writeKey } from "./state.ts";
import {
  demandFrame,
  GAP_MS_MAX,
  headOf,
  hello,
  type Received,
  receiveLive,
} from "./upstream.ts";

const RETRY_MS_MIN = 200;
const RETRY_MS_MAX = 10_000;
/** Lives of a node that begin with the same time or number, and are told apart by chance. */
const LIVES = 1_024;
/** A parent that does not answer a question is not asked again before. */
const ASK_MS = 2_000;
/** What is under way is asked about so long after all its authors have gone. */
const ORPHANS_MS = 10_000;

const NOTHING: Received = {
  changes: [],
  verdicts: [],
  reopened: new Set(),
  isForeign: false,
};

/** The parent's side of one step. */
export class ParentLink {
  /** Whether the parent turned out to tell another history. */
  isNewHistory = false;
  readonly #state: ServerState;
  readonly #sight: Sight;
  readonly #draft: DraftRows;
  readonly #after: Output[];

  /** Works on the state of one step, and adds to what it does. */
  constructor(sight: Sight, draft: DraftRows, after: Output[]) {
    this.#state = sight.state;
    this.#sight = sight;
    this.#draft = draft;
    this.#after = after;
  }

  /** Says hello, if it never did. */
  open(): void {
    if (this.#state.up.link === 0) this.hello();
  }

  /** Says what is wanted, on a new link. */
  hello(): void {
    const { up, name, app } = this.#state;
    this.#state.retryAtMs = null;
    // Whatever is lost from here on shows as a failed call, or is asked again.
    const least = this.#leastLink();
    this.#call(hello(up, this.#draft, name, app.hash, least));
  }

  /** Takes in what the parent sent or (`answering`) answered. */
  receive(
    message: Message | { readonly type: "fault"; readonly fault: Fault },
    answering: boolean,
  ): Received {
    const { up } = this.#state;
    if (message.type === "live") return this.#live(message, answering);
    if (message.type === "welcome" && message.link === up.link) {
      this.#welcomed(message);
    } else if (message.type === "checked") {
      if (message.link === up.link && up.number >= message.number) {
        up.askedAtMs = null;
        up.isLatest = true;
      }
    } else if (message.type === "resync") {
      // Another life may have heard the same, and gone on from there.
      if (message.link > up.link) up.link = message.link + this.#chance();
      this.hello();
    } else if (message.type === "refusal" || message.type === "fault") {
      this.failed();
    }
    return NOTHING;
  }

  /** A call failed, or was not taken: the parent is called again later. */
  failed(): void {
    const state = this.#state;
    state.up.greeted = false;
    state.failures++;
    const delayMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** state.failures);
    state.retryAtMs = this.#nowMs +
      Math.ceil(delayMs * (0.5 + this.#sight.around.random() / 2));
  }

  /** Says hello again, if it is time for it. */
  retry(): void {
    const { up } = this.#state;
    // A clock that was put back is not waited for.
    if (this.#state.retryAtMs !== null) {
      const latestMs = this.#nowMs + RETRY_MS_MAX;
      this.#state.retryAtMs = Math.min(this.#state.retryAtMs, latestMs);
    }
    if (up.gapMs !== null) up.gapMs = Math.min(up.gapMs, this.#nowMs);
    const { retryAtMs } = this.#state;
    const isLost = up.gapMs !== null && up.gapMs + GAP_MS_MAX <= this.#nowMs;
    const isDue = retryAtMs !== null && retryAtMs <= this.#nowMs;
    if (isLost || isDue) this.hello();
  }

  /** Sends what the step has left to say; a batch of writes once a turn. */
  flush(turn: boolean): void {
    const { up } = this.#state;
    if (headOf(this.#state.app, up) === up.head) up.isLatest = false;
    if (up.greeted && turn) this.#push();
    this.#mindOrphans();
    if (!up.greeted) return;
    // Before the first message nobody knows what could be missing.
    if (up.isDoubted && up.number > 0) this.#check();
    const demand = demandFrame(up, this.#draft);
    if (demand) this.#call(demand);
    this.#askTurn();
  }

  /**
   * Greater than every link of before, by the clock. Where that was put back or
   * stands still, chance tells a new life from an old one, of which something
   * may be under way.
   */
  #leastLink(): number {
    const life = this.#state.up.link === 0 ? this.#chance() : 0;
    return Math.floor(this.#nowMs) * LIVES + life;
  }

  /** What tells this life of the node from others. */
  #chance(): number {
    return Math.floor(this.#sight.around.random() * LIVES);
  }

  get #nowMs(): number {
    return this.#sight.around.nowMs;
  }

  #welcomed(welcome: Extract<Message, { type: "welcome" }>): void {
    const { up } = this.#state;
    up.greeted = true;
    up.offsetMs = welcome.timeMs - this.#nowMs;
    this.#state.failures = 0;
    if (up.epoch !== "" && up.epoch !== welcome.epoch) {
      this.isNewHistory = true;
      up.head = 0;
      for (const held of up.held.values()) held.seq = null;
    }
    up.epoch = welcome.epoch;
    if (this.#state.inFlight.size > 0) this.#resend();
  }

  #live(live: Live, answering: boolean): Received {
    const { app, up } = this.#state;
    // Whoever wanted this went with the memory: a hello says what is wanted now.
    if (up.link === 0) {
      this.hello();
      return NOTHING;
    }
    up.askedAtMs = null;
    const received = receiveLive(app, up, live, this.#draft, this.#nowMs);
    if (received.isForeign) this.hello();
    if (!answering) {
      const { link, number } = live;
      const bytes = encodeMessage({ type: "ack", link, number });
      this.#after.push({ type: "reply", bytes });
    }
    return received;
  }

  /** Nobody sends a write again whose author has gone: what became of it is asked for here. */
  #mindOrphans(): void {
    const state = this.#state;
    // Without a link all is sent again as soon as there is one.
    if (!state.up.greeted || !isOrphaned(state)) {
      state.orphansAtMs = null;
      return;
    }
    const nextMs = this.#nowMs + ORPHANS_MS;
    const dueMs = Math.min(state.orphansAtMs ?? nextMs, nextMs);
    const isDue = dueMs <= this.#nowMs;
    if (isDue) state.up.isDoubted = true;
    state.orphansAtMs = isDue ? nextMs : dueMs;
  }

  #check(): void {
    const { up } = this.#state;
    up.isDoubted = false;
    const { askedAtMs, link, number, demandVersion: demands } = up;
    const isAsked = askedAtMs !== null && askedAtMs <= this.#nowMs;
    if (isAsked && this.#nowMs < askedAtMs + ASK_MS) return;
    up.askedAtMs = this.#nowMs;
    this.#call(encodeMessage({ type: "check", link, number, demands }));
  }

  #push(): void {
    const { inFlight } = this.#state;
    if (inFlight.size > 0) return;
    const batch = takeBatch(this.#sight);
    for (const write of batch) inFlight.set(writeKey(write), write);
    if (batch.length > 0) this.#resend();
  }

  #resend(): void {
    const writes = [...this.#state.inFlight.values()];
    const { link } = this.#state.up;
    this.#call(encodeMessage({ type: "push", link, writes }));
  }

  #askTurn(): void {
    const { inFlight, turnAsked } = this.#state;
    if (inFlight.size > 0 || turnAsked || !hasReady(this.#state)) return;
    this.#state.turnAsked = true;
    this.#after.push({ type: "turn" });
  }

  /** Always a call of its own, whose failure comes back here; never a reply. */
  #call(bytes: Uint8Array): void {
    this.#after.push({ type: "call", to: this.#state.parent, bytes });
  }
}

/** Says whether something is under way, and all who wait for it have gone. */
function isOrphaned({ routes, sessions, peers }: ServerState): boolean {
  for (const origin of routes.values()) {
    const isHere = "socket" in origin
      ? sessions.has(origin.socket)
      : peers.has(origin.peer);
    if (isHere) return false;
  }
  return routes.size > 0;
}
