/**
 * What authors did and were told: the witness against which the checkers hold
 * what the nodes have made of it.
 *
 * @module
 */

import { hashHex } from "../shared/codec/hash.ts";
import { OUTBOX_PATH } from "../shared/node/client/pending.ts";
import {
  decodeAuthored,
  type EffectOnRow,
} from "../shared/node/read_effects.ts";
import type { Fault } from "../shared/protocol/codes.ts";
import type { Client, WriteId } from "./client.ts";
import type { Settled, Stepped, World } from "./world.ts";

/** One write and what became of it. */
export interface Entry {
  /** Who wrote. */
  readonly client: string;
  /** In which life of its device. */
  readonly life: number;
  /** Under which numbers, the last one last. */
  readonly ids: string[];
  /** Whether it is an event, that some zone turns into rows. */
  readonly isEvent: boolean;
  /** The rows, as they were sent: once more for each time that they were restamped. */
  readonly versions: (readonly EffectOnRow[])[];
  /** The hashes of what was sent, one a version. */
  readonly hashes: Set<string>;
  /** What the author was told by the master; `null` for nothing yet. */
  answer: {
    /** Why it was refused; `null` when it was accepted. */
    readonly fault: Fault | null;
    /** Whether it was accepted and changed nothing. */
    readonly isVoid: boolean;
    /** In which commit. */
    readonly seq: number | undefined;
  } | null;
  /** Whether an operator has put the master back since it was made: then it may be lost. */
  isOld: boolean;
  /** Whether it was durable at the author. */
  durable: boolean;
}

/**
 * The writes of a world.
 *
 * @internal
 */
export class Ledger {
  readonly #world: World;
  readonly #byId = new Map<string, Entry>();
  /** All writes, in the order in which they were made. */
  readonly entries: Entry[] = [];
  /** Told of every write that the master accepted. */
  onAccepted: (entry: Entry) => void = () => {};
  /** Told of a write that was answered twice, and differently. */
  onContradiction: (entry: Entry) => void = () => {};

  /** Keeps the books of a world. */
  constructor(world: World) {
    this.#world = world;
    world.onSettled = (settled) => this.#note(settled);
    world.onForgot = (name) => {
      if (name !== world.master.name) return;
      for (const entry of this.entries) entry.isOld = true;
    };
    world.onWritten = (client, id) => this.#wrote(client, id);
  }

  /** Notes down a write that a client has just made. */
  #wrote({ name, host: { state, life } }: Client, id: WriteId): void {
    const pending = state?.outbox.get(id.actor, id.n);
    if (!pending) return;
    const entry: Entry = {
      client: name,
      life,
      ids: [nameOf(id)],
      isEvent: decodeAuthored(pending.authored).kind === "event",
      versions: [pending.effects],
      hashes: new Set([hashHex(pending.authored)]),
      answer: null,
      isOld: false,
      durable: false,
    };
    this.entries.push(entry);
    this.#byId.set(nameOf(id), entry);
  }

  /** Notes under which numbers, and with which stamps, writes are stored and sent. */
  stepped({ name, outcome }: Stepped): void {
    const client = this.#world.clients.get(name);
    if (!client) return;
    for (const output of outcome.after) {
      if (output.type === "renumbered") this.#renumbered(output);
    }
    for (const { path, key, body } of outcome.writes) {
      if (path === OUTBOX_PATH && body) this.#stored(client, key);
    }
  }

  #renumbered({ from, to }: Extract<Settled, { type: "renumbered" }>): void {
    const entry = this.#byId.get(nameOf(from));
    if (!entry || nameOf(from) === nameOf(to)) return;
    entry.ids.push(nameOf(to));
    this.#byId.set(nameOf(to), entry);
  }

  #stored({ host: { state } }: Client, key: string): void {
    const pending = state?.outbox.at(key);
    const entry = pending && this.#byId.get(nameOf(pending));
    if (!entry || entry.isEvent) return;
    const hash = hashHex(pending.authored);
    if (entry.hashes.has(hash)) return;
    entry.hashes.add(hash);
    entry.versions.push(pending.effects);
  }

  #note(settled: Settled): void {
    if (settled.type === "renumbered") return;
    const entry = this.#byId.get(nameOf(settled));
    if (!entry) return;
    if (settled.level === "client") entry.durable = true;
    else this.#answered(entry, settled);
  }

  #answered(entry: Entry, { fault, seq }: Answer): void {
    // What changed nothing is not remembered: sent again, it is judged again.
    const isVoid = fault === null && seq === 0;
    const before = entry.answer;
    const isOther = before && !before.isVoid && !isVoid &&
      !(before.fault && isPassing(before.fault)) &&
      (before.fault === null) !== (fault === null);
    if (isOther && !entry.isOld) this.onContradiction(entry);
    entry.answer = { fault, isVoid, seq };
    if (!fault && !entry.isOld) this.onAccepted(entry);
  }
}

/**
 * A store without room cannot keep that it refused: what another node still
 * sends of the same write is judged again.
 */
export function isPassing({ code }: Fault): boolean {
  return code === "space-full" || code === "internal";
}

type Answer = Extract<Settled, { type: "settled" }>;

function nameOf({ actor, n }: WriteId): string {
  return `${actor}.${n}`;
}
