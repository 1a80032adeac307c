/**
 * A client in the simulator: a device that keeps its store over any number of
 * boots, each under a fresh actor.
 *
 * @module
 */

import { OUTBOX_PATH } from "../shared/node/client/pending.ts";
import type { ClientState } from "../shared/node/client/state.ts";
import {
  type ClientEvent,
  type ClientOutcome,
  newClient,
  stepClient,
} from "../shared/node/client/step.ts";
import type {
  Mutator,
  Transaction,
} from "../shared/node/client/transaction.ts";
import { viewRows } from "../shared/node/client/view.ts";
import { WHOLE } from "../shared/node/var_rows.ts";
import type { Fault } from "../shared/protocol/codes.ts";
import type { App } from "../shared/spec/app.ts";
import { type Around, Host } from "./host.ts";

/** Who writes, and which of its writes. */
export interface WriteId {
  /** The actor. */
  readonly actor: string;
  /** The number. */
  readonly n: number;
}

/** Who is told of what clients write. */
export interface Written {
  /** A client has made a write. */
  written(client: Client, id: WriteId): void;
}

/** A device. */
export class Client {
  /** Its name. */
  readonly name: string;
  /** The zone it is a member of. */
  readonly zone: string;
  /** Its session. */
  readonly claims: unknown;
  /** The node. */
  readonly host: Host<ClientState, ClientEvent>;
  /** Its open socket. */
  socket: string | null = null;
  /** The server node it always goes to; `null` for any. */
  home: string | null = null;
  /** Counts the attempts to dial, so that a late one is known. */
  attempt = 0;
  /** How long a session of it lasts. */
  sessionMs = Infinity;
  /** Why it is not let in; `null` while it is. */
  barred: Fault | null = null;
  /** Every frame that was sent to it. */
  readonly overheard: Uint8Array[] = [];
  readonly #appOf: () => App;
  readonly #world: Written;
  #boots = 0;

  /** Places a device in a world; `flushMs` is how long a write takes to be durable. */
  constructor(
    world: Around & Written,
    appOf: () => App,
    name: string,
    zone: string,
    claims: unknown,
    flushMs: () => number,
  ) {
    this.name = name;
    this.zone = zone;
    this.claims = claims;
    this.#appOf = appOf;
    this.#world = world;
    this.host = new Host(world, name, {
      name: "client",
      create: () => newClient(appOf(), zone, name, `${name}.${++this.#boots}`),
      wake: () => [{ type: "boot", actors: this.#storedActors() }],
      step: stepClient,
      keeps: () => true,
      alarmSurvives: false,
      flushMs: () => Math.max(1, flushMs()),
      alarm: { type: "alarm" },
    });
  }

  /** Whether it is switched on. */
  get isOn(): boolean {
    return this.host.state !== null;
  }

  /** Starts, or starts again: everything of its zone is looked at. */
  start(): void {
    const paths = this.#appOf().zones.get(this.zone)!.vars.map((variable) =>
      variable.path
    );
    this.host.disk.clear();
    this.host.run({ type: "observe", paths });
  }

  /** Writes; `null` when nothing changed. */
  write(run: (tx: Transaction) => void): WriteId | null {
    this.host.run({ type: "write", run });
    return this.#written();
  }

  /** Changes one var; `null` when nothing changed. */
  mutate(path: string, fn: Mutator): WriteId | null {
    return this.write((tx) => tx.mutate(path, fn));
  }

  /** Dispatches an event to a computation. */
  dispatch(path: string, payload: unknown): WriteId | null {
    this.host.run({ type: "dispatch", path, payload });
    return this.#written();
  }

  /** A var as the app sees it. */
  // deno-lint-ignore no-explicit-any -- the type of a path is known to `defineApp`, not here
  get(path: string): any {
    const state = this.host.state!;
    const variable = state.app.vars.get(path)!;
    const rows = viewRows(state, this.host.rows, variable);
    return variable.crdt.fold(state.author.actor, state.clock, rows);
  }

  /** Its socket is gone, or none was to be had. */
  unlinked(fault: Fault | null = null): void {
    this.socket = null;
    if (this.host.state) this.host.run({ type: "unlinked", fault });
  }

  #written(): WriteId | null {
    const { written } = this.host.last as ClientOutcome;
    if (written) this.#world.written(this, written);
    return written;
  }

  #storedActors(): string[] {
    const keys = this.host.rows.range(OUTBOX_PATH, WHOLE).map((row) => row.key);
    return [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf("/"))))];
  }
}
