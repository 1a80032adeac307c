/**
 * The step of the master: the node that orders the writes of a space.
 *
 * @module
 */

import { Reader } from "../../codec/reader.ts";
import { Writer } from "../../codec/writer.ts";
import type { Fault } from "../../protocol/codes.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import type { App } from "../../spec/app.ts";
import { DraftRows } from "../draft_rows.ts";
import { readFrame, refusalFrame } from "../frames.ts";
import type { Outcome, Output, Surroundings } from "../outcome.ts";
import { PAGING, type Paging } from "../page.ts";
import { nextLookMs, PeerLinks, storedPeers } from "../peers/peer_links.ts";
import { commitBatch, refuseBatch } from "./commit.ts";
import { MasterProducer } from "./master_producer.ts";
import { Ring } from "./ring.ts";
import type { MasterState } from "./state.ts";

/** Where the identity of the history is stored. */
const META_PATH = "#meta";

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
  /** An operator has put the rows back to what they were: from here on it is another history. */
  | { readonly type: "restored" }
  /** An operator writes; no rule holds it. */
  | { readonly type: "operate"; readonly write: PushedWrite };

/** A master that has not read its store yet. */
export function newMaster(app: App, paging: Paging = PAGING): MasterState {
  return {
    app,
    paging,
    epoch: "",
    ring: Ring.load({ get: () => undefined, range: () => [], since: () => [] }),
    unsaved: new Map(),
    peers: new Map(),
    watch: { atMs: null },
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
    case "restored":
      step.restored();
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
  readonly #peers: PeerLinks;
  #pumps = true;

  constructor(state: MasterState, around: Surroundings) {
    this.#state = state;
    // The master's time never goes back behind what it has ordered, whatever its clock does.
    const nowMs = Math.max(around.nowMs, state.ring.head);
    this.#around = { ...around, nowMs };
    const draft = this.#draft = new DraftRows(around.rows);
    this.#peers = new PeerLinks(
      new MasterProducer(state, this.#around, draft),
      state,
      { draft, nowMs: around.nowMs },
      this.#after,
    );
  }

  boot(): void {
    const { rows } = this.#around;
    const stored = rows.get(META_PATH, "epoch");
    if (stored) this.#state.epoch = new Reader(stored.body).string();
    else this.#begin();
    this.#state.ring = Ring.load(rows);
    for (const peer of storedPeers(rows)) {
      this.#state.peers.set(peer.name, peer);
    }
  }

  restored(): void {
    this.#begin();
    this.#peers.resyncAll();
  }

  receive(from: string, bytes: Uint8Array, answering: boolean): void {
    const message = readFrame(bytes, decodeMessage);
    if (message.type === "fault") {
      this.#peers.answer(from, refusalFrame(message.fault), answering);
    } else this.#peers.receive(from, message, answering);
  }

  failed(name: string): void {
    this.#peers.failed(name);
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
    this.#peers.answer(from, answer, answering);
  }

  operate(write: PushedWrite): void {
    const [verdict] = commitBatch(this.#state, this.#around, this.#draft, [
      write,
    ], true);
    const { actor, n, fault } = verdict!;
    this.#after.push({ type: "settled", actor, n, level: "db", fault });
  }

  finish(): Outcome {
    if (this.#pumps) this.#peers.pump();
    this.#setAlarm();
    return { writes: this.#draft.writes(), after: this.#after };
  }

  /** Begins a history of a new name. */
  #begin(): void {
    const { random } = this.#around;
    this.#state.epoch = Array.from(
      { length: 4 },
      () => Math.floor(random() * 2 ** 32).toString(16).padStart(8, "0"),
    ).join("");
    const writer = new Writer();
    writer.string(this.#state.epoch);
    this.#draft.put(META_PATH, "epoch", 0, writer.finish());
  }

  #setAlarm(): void {
    const atMs = nextLookMs(this.#state.peers, this.#state.watch);
    if (atMs === this.#state.alarmAtMs) return;
    this.#state.alarmAtMs = atMs;
    this.#after.push({ type: "alarm", atMs });
  }
}
