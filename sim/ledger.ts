/**
 * What authors did and were told: the witness against which the checkers hold
 * what the nodes have made of it.
 *
 * @module
 */

import {
  decodeAuthored,
  type EffectOnRow,
  readEffects,
} from "../shared/node/read_effects.ts";
import type { Fault } from "../shared/protocol/codes.ts";
import type { Client, WriteId } from "./client.ts";
import type { Settled, World } from "./world.ts";

/** One write and what became of it. */
export interface Entry {
  /** Who wrote. */
  readonly client: string;
  /** Under which numbers, the last one last. */
  readonly ids: string[];
  /** The rows, as they were last sent; none for an event. */
  rows: readonly EffectOnRow[];
  /** What the author was told by the master; `null` for nothing yet. */
  answer: { readonly fault: Fault | null } | null;
  /** Whether it was durable at the author. */
  durable: boolean;
}

/** The writes of a world. */
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
    world.onWritten = (client, id) => this.#wrote(client, id);
  }

  /** Notes down a write that a client has just made. */
  #wrote(client: Client, id: WriteId): void {
    const entry: Entry = {
      client: client.name,
      ids: [nameOf(id)],
      rows: rowsOf(this.#world, client, id),
      answer: null,
      durable: false,
    };
    this.entries.push(entry);
    this.#byId.set(nameOf(id), entry);
  }

  #note(settled: Settled): void {
    if (settled.type === "renumbered") {
      const entry = this.#byId.get(nameOf(settled.from));
      if (!entry) return;
      entry.ids.push(nameOf(settled.to));
      const client = this.#world.clients.get(entry.client)!;
      entry.rows = rowsOf(this.#world, client, settled.to);
      this.#byId.set(nameOf(settled.to), entry);
      return;
    }
    const entry = this.#byId.get(nameOf(settled));
    if (!entry) return;
    if (settled.level === "client") entry.durable = true;
    else this.#answered(entry, settled.fault);
  }

  #answered(entry: Entry, fault: Fault | null): void {
    if (entry.answer && (entry.answer.fault === null) !== (fault === null)) {
      this.onContradiction(entry);
    }
    entry.answer = { fault };
    if (!fault) this.onAccepted(entry);
  }
}

function nameOf({ actor, n }: WriteId): string {
  return `${actor}.${n}`;
}

function rowsOf(world: World, client: Client, id: WriteId): EffectOnRow[] {
  const pending = client.host.state?.outbox.get(id.actor, id.n);
  const authored = pending && decodeAuthored(pending.authored);
  if (authored?.kind !== "effects") return [];
  return readEffects(world.app, authored.effects, id.actor);
}
