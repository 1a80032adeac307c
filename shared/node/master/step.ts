/**
 * The step of the master: the node that orders the writes of a space.
 *
 * @module
 */

import { Reader } from "../../codec/reader.ts";
import { Writer } from "../../codec/writer.ts";
import type { Fault } from "../../protocol/codes.ts";
import type { Hello } from "../../protocol/hello.ts";
import type { Demand } from "../../protocol/demand.ts";
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from "../../protocol/message.ts";
import type { Push, PushedWrite } from "../../protocol/push.ts";
import type { App } from "../../spec/app.ts";
import { DraftRows } from "../draft_rows.ts";
import { disagreement, readFrame, refusalFrame } from "../frames.ts";
import type { Outcome, Output, Surroundings } from "../outcome.ts";
import { WHOLE } from "../var_rows.ts";
import { commitBatch, refuseBatch } from "./commit.ts";
import { compose, hasMore, type Sight } from "./deliver.ts";
import { addWant, type Peer, type PeerWant, sleepingPeer } from "./peer.ts";
import { Ring } from "./ring.ts";
import type { MasterState } from "./state.ts";

/** Where the identity of the history is stored. */
const META_PATH = "#meta";
/** Where the server nodes that want something are stored. */
const NODES_PATH = "#nodes";

const RETRY_MS_MIN = 200;
const RETRY_MS_MAX = 60_000;
const FAILURES_MAX = 16;

/** What happens to a master. */
export type MasterEvent =
  /** It wakes: always the first. */
  | { readonly type: "boot" }
  /** A server node calls, or answers (`answering`) what the master called. */
  | {
    readonly type: "peer";
    readonly from: string;
    readonly bytes: Uint8Array;
    readonly answering: boolean;
  }
  /** A call to a server node failed; whether it was received is unknown. */
  | { readonly type: "peer-failed"; readonly to: string }
  /** The store refused what such a `peer` event asked for: now it is refused with the code. */
  | {
    readonly type: "peer-unstored";
    readonly from: string;
    readonly bytes: Uint8Array;
    readonly answering: boolean;
    readonly code: "space-full" | "internal";
  }
  /** The time that was asked for has come. */
  | { readonly type: "alarm" }
  /** An operator writes; no rule holds it. */
  | { readonly type: "operate"; readonly write: PushedWrite };

/** A master that has not read its store yet. */
export function newMaster(app: App): MasterState {
  return {
    app,
    epoch: "",
    ring: Ring.load({ get: () => undefined, range: () => [], since: () => [] }),
    unsaved: new Map(),
    peers: new Map(),
    alarmAtMs: null,
  };
}

/** One event of a master. What it throws means: roll back, and forget the state. */
export function stepMaster(
  state: MasterState,
  event: MasterEvent,
  around: Surroundings,
): Outcome {
  const step = new MasterStep(state, around);
  switch (event.type) {
    case "boot":
      step.boot();
      break;
    case "peer":
      step.receive(event.from, event.bytes, event.answering);
      break;
    case "peer-failed":
      step.failed(event.to);
      break;
    case "peer-unstored":
      step.unstored(event);
      break;
    case "alarm":
      state.alarmAtMs = null;
      break;
    case "operate":
      step.operate(event.write);
      break;
  }
  return step.finish();
}

class MasterStep {
  readonly #state: MasterState;
  readonly #around: Surroundings;
  readonly #draft: DraftRows;
  readonly #after: Output[] = [];
  #pumps = true;

  constructor(state: MasterState, around: Surroundings) {
    this.#state = state;
    this.#around = around;
    this.#draft = new DraftRows(around.rows);
  }

  boot(): void {
    const { rows, random } = this.#around;
    const stored = rows.get(META_PATH, "epoch");
    if (stored) {
      this.#state.epoch = new Reader(stored.body).string();
    } else {
      this.#state.epoch = Array.from(
        { length: 4 },
        () => Math.floor(random() * 2 ** 32).toString(16).padStart(8, "0"),
      ).join("");
      const writer = new Writer();
      writer.string(this.#state.epoch);
      this.#draft.put(META_PATH, "epoch", 0, writer.finish());
    }
    this.#state.ring = Ring.load(rows);
    for (const row of rows.range(NODES_PATH, WHOLE)) {
      const link = new Reader(row.body).uint();
      this.#state.peers.set(row.key, sleepingPeer(row.key, link));
    }
  }

  receive(from: string, bytes: Uint8Array, answering: boolean): void {
    const message = readFrame(bytes, decodeMessage);
    const answer = (reply: Uint8Array) => this.#answer(from, reply, answering);
    if (message.type === "fault") {
      return void answer(refusalFrame(message.fault));
    }
    if (message.type === "hello") return this.#hello(from, message, answer);
    const peer = this.#state.peers.get(from);
    if (message.type === "ack") return this.#ack(peer, message);
    if (message.type === "refusal") return this.failed(from);
    if (!peer?.wants || !("link" in message) || message.link !== peer.link) {
      const link = peer?.link ?? 0;
      return void answer(encodeMessage({ type: "resync", link }));
    }
    this.#heard(peer, message, answer);
  }

  #heard(
    peer: Peer,
    message: Message,
    answer: (bytes: Uint8Array) => void,
  ): void {
    let always = false;
    if (message.type === "push") this.#push(peer, message);
    else if (message.type === "demand") {
      if (message.version <= peer.demandVersion) return;
      if (message.version > peer.demandVersion + 1) {
        return answer(encodeMessage({ type: "resync", link: peer.link }));
      }
      this.#demand(peer, message);
    } else if (message.type === "check") {
      if (message.number < peer.number && !peer.inFlight) {
        return answer(encodeMessage({ type: "resync", link: peer.link }));
      }
      always = true;
    }
    if (peer.inFlight) return;
    const live = compose(this.#sight(), peer, always);
    if (live) answer(live.bytes);
    if (message.type === "check") {
      const { link, number } = peer;
      answer(encodeMessage({ type: "checked", link, number }));
    }
  }

  failed(name: string): void {
    const peer = this.#state.peers.get(name);
    if (!peer?.inFlight) return;
    peer.failures++;
    if (peer.failures > FAILURES_MAX) return this.#forget(name);
    const delayMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** peer.failures);
    peer.retryAtMs = this.#around.nowMs + delayMs;
  }

  /**
   * Refuses what could not be stored. The memory is new, so the link is not
   * known any more: the verdicts wait in it until the peer has said hello, and
   * sends its batch again. Should they be lost too, the batch is judged again.
   */
  unstored(
    { from, bytes, answering, code }: Extract<
      MasterEvent,
      { type: "peer-unstored" }
    >,
  ): void {
    const message = readFrame(bytes, decodeMessage);
    const fault: Fault = {
      code,
      path: "store",
      found: "a store that refused it",
      wanted: "room",
    };
    if (message.type === "push") {
      refuseBatch(this.#state, this.#around.rows, message.writes, fault);
    }
    const link = this.#state.peers.get(from)?.link ?? 0;
    const answer = message.type === "hello"
      ? refusalFrame(fault)
      : encodeMessage({ type: "resync", link });
    // Nobody else is called: with a full store, their hellos would fail too.
    this.#pumps = false;
    this.#answer(from, answer, answering);
  }

  operate(write: PushedWrite): void {
    const [verdict] = commitBatch(this.#state, this.#around, this.#draft, [
      write,
    ], true);
    const { actor, n, fault } = verdict!;
    this.#after.push({ type: "settled", actor, n, level: "db", fault });
  }

  finish(): Outcome {
    const { nowMs } = this.#around;
    for (const peer of this.#state.peers.values()) {
      if (peer.retryAtMs !== null && peer.retryAtMs <= nowMs && peer.inFlight) {
        peer.retryAtMs = null;
        this.#after.push({
          type: "call",
          to: peer.name,
          bytes: peer.inFlight.bytes,
        });
      } else this.#pump(peer);
    }
    this.#setAlarm();
    return { writes: this.#draft.writes(), after: this.#after };
  }

  #hello(
    from: string,
    hello: Hello,
    answer: (bytes: Uint8Array) => void,
  ): void {
    const { app, epoch, peers } = this.#state;
    const fault = disagreement(hello, app.hash);
    if (fault) return answer(refusalFrame(fault));
    const known = peers.get(from);
    const again = known?.wants
      ? hello.link <= known.link
      : hello.link < (known?.link ?? 0);
    if (again) {
      return answer(encodeMessage({ type: "resync", link: known!.link }));
    }
    const wants = new Map<number, PeerWant>();
    for (const want of hello.wants) this.#addWant(wants, want);
    const peer: Peer = {
      ...sleepingPeer(from, hello.link),
      wants,
      seq: this.#state.ring.head,
    };
    if (wants.size === 0) this.#forget(from);
    else this.#remember(peer);
    peers.set(from, peer);
    const timeMs = Math.floor(this.#around.nowMs);
    answer(
      encodeMessage({
        type: "welcome",
        link: hello.link,
        epoch,
        timeMs,
        claims: undefined,
      }),
    );
    const live = compose(this.#sight(), peer, true);
    if (live) answer(live.bytes);
  }

  #addWant(wants: Map<number, PeerWant>, want: Demand["add"][number]): void {
    const { app, epoch } = this.#state;
    const variable = app.vars.get(want.path);
    if (!variable) return;
    const derived = variable.kind === "derived";
    addWant(wants, want, derived, epoch, this.#around.nowMs);
  }

  #ack(peer: Peer | undefined, ack: { link: number; number: number }): void {
    if (peer?.link !== ack.link || peer.inFlight?.number !== ack.number) return;
    peer.inFlight = null;
    peer.failures = 0;
    peer.retryAtMs = null;
  }

  #demand(peer: Peer, demand: Demand): void {
    peer.demandVersion = demand.version;
    for (const id of demand.drop) peer.wants!.delete(id);
    for (const want of demand.add) this.#addWant(peer.wants!, want);
    if (peer.wants!.size === 0) this.#draft.remove(NODES_PATH, peer.name);
    else if (!this.#draft.get(NODES_PATH, peer.name)) this.#remember(peer);
  }

  #push(peer: Peer, push: Push): void {
    const verdicts = commitBatch(
      this.#state,
      this.#around,
      this.#draft,
      push.writes,
    );
    peer.verdicts.push(...verdicts);
  }

  #remember(peer: Peer): void {
    const writer = new Writer();
    writer.uint(peer.link);
    this.#draft.put(NODES_PATH, peer.name, 0, writer.finish());
  }

  #forget(name: string): void {
    this.#state.peers.delete(name);
    if (this.#draft.get(NODES_PATH, name)) this.#draft.remove(NODES_PATH, name);
  }

  #answer(to: string, bytes: Uint8Array, answering: boolean): void {
    this.#after.push(
      answering ? { type: "call", to, bytes } : { type: "reply", bytes },
    );
  }

  #pump(peer: Peer): void {
    if (peer.inFlight || !this.#pumps) return;
    if (!peer.wants) {
      // The master slept: whom to tell is stored, what they want is theirs to say.
      const bytes = encodeMessage({ type: "resync", link: peer.link });
      peer.inFlight = { number: 0, bytes };
    } else if (hasMore(this.#state, peer)) {
      peer.inFlight = compose(this.#sight(), peer);
    }
    if (!peer.inFlight) return;
    this.#after.push({
      type: "call",
      to: peer.name,
      bytes: peer.inFlight.bytes,
    });
  }

  #setAlarm(): void {
    const times = [...this.#state.peers.values()]
      .flatMap((peer) => peer.retryAtMs ?? []);
    const atMs = times.length > 0 ? Math.min(...times) : null;
    if (atMs === this.#state.alarmAtMs) return;
    this.#state.alarmAtMs = atMs;
    this.#after.push({ type: "alarm", atMs });
  }

  #sight(): Sight {
    return { state: this.#state, around: this.#around, rows: this.#draft };
  }
}
