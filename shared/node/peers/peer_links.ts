/**
 * The links down to server nodes, at whichever node serves them. A link is
 * stored before its hello is answered, so that none begins twice, and whether
 * its node wants something, so that one that slept still knows whom to tell; what
 * they want is theirs to say again.
 *
 * @module
 */

import { Reader } from "../../codec/reader.ts";
import { Writer } from "../../codec/writer.ts";
import type { RowView } from "../../ports/rows.ts";
import type { Fault } from "../../protocol/codes.ts";
import type { Demand } from "../../protocol/demand.ts";
import type { Hello } from "../../protocol/hello.ts";
import { encodeMessage, type Message } from "../../protocol/message.ts";
import type { DraftRows } from "../draft_rows.ts";
import { disagreement, refusalFrame } from "../frames.ts";
import type { Output } from "../outcome.ts";
import { WHOLE } from "../var_rows.ts";
import { compose, hasMore } from "./compose.ts";
import { type Peer, type PeerWant, sleepingPeer, type Watch } from "./peer.ts";
import type { Producer } from "./producer.ts";

/** Where the links of server nodes are stored. */
export const NODES_PATH = "#nodes";

const RETRY_MS_MIN = 200;
/** The longest wait before a peer that could not be reached is called again. */
export const RETRY_MS_MAX = 60_000;
const FAILURES_MAX = 16;
/** What is under way is looked after so often. */
const WATCH_MS = 5_000;

/** The peers whose names are stored. */
export function storedPeers(rows: RowView): Peer[] {
  return rows.range(NODES_PATH, WHOLE).map(({ key, body }) => {
    const reader = new Reader(body);
    const link = reader.uint();
    return sleepingPeer(key, link, reader.uint() > 0);
  });
}

/** When the peers are to be looked after; `null` for never. */
export function nextLookMs(
  peers: ReadonlyMap<string, Peer>,
  watch: Watch,
): number | null {
  let atMs = watch.atMs ?? Infinity;
  for (const { retryAtMs } of peers.values()) {
    atMs = Math.min(atMs, retryAtMs ?? Infinity);
  }
  return Number.isFinite(atMs) ? atMs : null;
}

/** The peers' side of one step. */
export class PeerLinks {
  readonly #producer: Producer;
  readonly #peers: Map<string, Peer>;
  readonly #watch: Watch;
  readonly #draft: DraftRows;
  readonly #nowMs: number;
  readonly #after: Output[];

  /** Works on the peers of one step, and adds to what it does. */
  constructor(
    producer: Producer,
    { peers, watch }: {
      readonly peers: Map<string, Peer>;
      readonly watch: Watch;
    },
    around: { readonly draft: DraftRows; readonly nowMs: number },
    after: Output[],
  ) {
    this.#producer = producer;
    this.#peers = peers;
    this.#watch = watch;
    this.#draft = around.draft;
    this.#nowMs = around.nowMs;
    this.#after = after;
  }

  /** Takes in a message of a peer, sent or (`answering`) answered. */
  receive(from: string, message: Message, answering: boolean): void {
    const answer = (reply: Uint8Array) => this.answer(from, reply, answering);
    if (message.type === "hello") return this.#hello(from, message, answer);
    if (message.type === "refusal") return this.failed(from);
    const peer = this.#peers.get(from);
    if (message.type === "ack") return ack(peer, message);
    if (!peer?.wants || !("link" in message) || message.link !== peer.link) {
      return answer(resync(peer?.link ?? 0));
    }
    this.#heard(peer, message, answer);
  }

  /** A call to a peer failed: it is made again later, a few times. */
  failed(name: string): void {
    const peer = this.#peers.get(name);
    if (!peer?.inFlight) return;
    peer.failures++;
    if (peer.failures > FAILURES_MAX) return this.#forget(name);
    const delayMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** peer.failures);
    peer.retryAtMs = this.#nowMs + delayMs;
  }

  /** Calls every peer that has something coming, or must be called again. */
  pump(): void {
    for (const peer of this.#peers.values()) {
      // A clock that was put back is not waited for.
      if (peer.retryAtMs !== null) {
        peer.retryAtMs = Math.min(peer.retryAtMs, this.#nowMs + RETRY_MS_MAX);
      }
      if (peer.retryAtMs !== null && peer.retryAtMs <= this.#nowMs) {
        peer.retryAtMs = null;
        this.#send(peer);
      } else if (peer.inFlight) this.#sendUnanswered(peer);
      else this.#deliver(peer);
      if (peer.isChecking && !peer.inFlight && this.#producer.isLatest) {
        peer.isChecking = false;
        this.#call(peer, checked(peer));
      }
    }
    this.#setWatch();
  }

  /** Rows of these demands come in pages: what peers hold of them is live no longer. */
  reopen(keys: ReadonlySet<string>): void {
    for (const peer of this.#peers.values()) {
      for (const want of peer.wants?.values() ?? []) {
        if (want.kind !== "rows" || want.next !== null) continue;
        if (!want.holds.some((key) => keys.has(key))) continue;
        want.next = want.range.from;
        want.since = peer.seq;
        want.replace = false;
      }
    }
  }

  /** Forgets what every peer wants, and asks for it again. */
  resyncAll(): void {
    for (const peer of this.#peers.values()) {
      this.#releaseAll(peer);
      this.#peers.set(
        peer.name,
        sleepingPeer(peer.name, peer.link, peer.isAwaiting),
      );
    }
  }

  /** Answers who called, or calls who answered. */
  answer(to: string, bytes: Uint8Array, answering: boolean): void {
    this.#after.push(
      answering ? { type: "call", to, bytes } : { type: "reply", bytes },
    );
  }

  #hello(
    from: string,
    hello: Hello,
    answer: (bytes: Uint8Array) => void,
  ): void {
    const producer = this.#producer;
    const fault = disagreement(hello, producer.app.hash);
    if (fault) return answer(refusalFrame(fault));
    const known = this.#peers.get(from);
    // Nor is the same one taken again after a sleep: what came of it may have
    // been received, and the numbers of the link would begin anew.
    if (known && hello.link <= known.link) return answer(resync(known.link));
    if (producer.epoch === "") {
      // It is called as soon as there is something to say.
      this.#releaseAll(known);
      this.#peers.set(from, sleepingPeer(from, hello.link));
      return answer(refusalFrame(NOT_READY));
    }
    const peer = sleepingPeer(from, hello.link);
    peer.wants = this.#taken(peer, hello.wants);
    this.#releaseAll(known);
    peer.seq = producer.head;
    this.#remember(peer);
    this.#peers.set(from, peer);
    const { link } = hello;
    const { epoch, timeMs } = producer;
    answer(
      encodeMessage({
        type: "welcome",
        link,
        epoch,
        timeMs,
        claims: undefined,
      }),
    );
    const live = compose(producer, peer, true);
    if (live) answer(live.bytes);
  }

  #taken(peer: Peer, wants: Demand["add"]): Map<number, PeerWant> {
    const taken = new Map<number, PeerWant>();
    for (const want of wants) {
      const one = this.#producer.take(peer, want);
      if (one) taken.set(want.id, one);
    }
    return taken;
  }

  #heard(
    peer: Peer,
    message: Message,
    answer: (bytes: Uint8Array) => void,
  ): void {
    const producer = this.#producer;
    const isCheck = message.type === "check";
    if (message.type === "push") producer.push(peer, message.writes);
    else if (message.type === "demand") {
      // One that comes again may have come first by a copy, whose answer is lost.
      if (message.version !== peer.demandVersion + 1) {
        return answer(resync(peer.link));
      }
      this.#demand(peer, message);
    } else if (isCheck) {
      const isShort = message.number < peer.number && !peer.inFlight;
      if (isShort || message.demands > peer.demandVersion) {
        return answer(resync(peer.link));
      }
      peer.isChecking = !producer.isLatest || peer.inFlight !== null;
      producer.checkParent();
    }
    if (peer.inFlight) return;
    const live = compose(producer, peer, isCheck);
    if (live) answer(live.bytes);
    if (isCheck && !peer.isChecking) answer(checked(peer));
  }

  #demand(peer: Peer, demand: Demand): void {
    peer.demandVersion = demand.version;
    const dropped = demand.drop.flatMap((id) => peer.wants!.get(id) ?? []);
    for (const want of dropped) peer.wants!.delete(want.id);
    for (const [id, want] of this.#taken(peer, demand.add)) {
      peer.wants!.set(id, want);
    }
    for (const want of dropped) this.#producer.release(want);
    if (peer.isAwaiting !== peer.wants!.size > 0) this.#remember(peer);
  }

  #deliver(peer: Peer): void {
    const producer = this.#producer;
    if (!peer.wants) {
      // This node slept: whom to tell is stored, what they want is theirs to say.
      if (producer.epoch === "" || !peer.isAwaiting) return;
      peer.inFlight = { number: 0, bytes: resync(peer.link), sentMs: 0 };
    } else if (hasMore(producer, peer)) {
      const live = compose(producer, peer);
      peer.inFlight = live && { ...live, sentMs: 0 };
    }
    this.#send(peer);
  }

  /** Sends what is under way. */
  #send(peer: Peer): void {
    if (!peer.inFlight) return;
    peer.inFlight.sentMs = this.#nowMs;
    this.#call(peer, peer.inFlight.bytes);
  }

  #sendUnanswered(peer: Peer): void {
    const sentMs = peer.inFlight!.sentMs;
    const isDue = sentMs > this.#nowMs || sentMs + WATCH_MS <= this.#nowMs;
    if (isDue && peer.retryAtMs === null) this.#send(peer);
  }

  #setWatch(): void {
    const nextMs = this.#nowMs + WATCH_MS;
    const isUnderWay = [...this.#peers.values()].some((peer) => peer.inFlight);
    const atMs = Math.min(this.#watch.atMs ?? Infinity, nextMs);
    const isSet = this.#watch.atMs !== null && atMs > this.#nowMs;
    this.#watch.atMs = isSet ? atMs : isUnderWay ? nextMs : null;
  }

  #call(peer: Peer, bytes: Uint8Array): void {
    this.#after.push({ type: "call", to: peer.name, bytes });
  }

  #remember(peer: Peer): void {
    peer.isAwaiting = peer.wants!.size > 0;
    const writer = new Writer();
    writer.uint(peer.link);
    writer.uint(peer.isAwaiting ? 1 : 0);
    this.#draft.put(NODES_PATH, peer.name, 0, writer.finish());
  }

  #forget(name: string): void {
    this.#releaseAll(this.#peers.get(name));
    this.#peers.delete(name);
    if (this.#draft.get(NODES_PATH, name)) this.#draft.remove(NODES_PATH, name);
  }

  #releaseAll(peer: Peer | undefined): void {
    for (const want of peer?.wants?.values() ?? []) {
      this.#producer.release(want);
    }
  }
}

const NOT_READY: Fault = {
  code: "behind",
  path: "hello",
  found: "a node that has not reached its parent",
  wanted: "another try",
};

function resync(link: number): Uint8Array {
  return encodeMessage({ type: "resync", link });
}

function checked({ link, number }: Peer): Uint8Array {
  return encodeMessage({ type: "checked", link, number });
}

function ack(
  peer: Peer | undefined,
  { link, number }: { readonly link: number; readonly number: number },
): void {
  if (peer?.link !== link || peer.inFlight?.number !== number) return;
  peer.inFlight = null;
  peer.failures = 0;
  peer.retryAtMs = null;
}
