/**
 * A client in the simulator: a tab of a device that keeps its store over any
 * number of boots, each under a fresh actor.
 *
 * @module
 */

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
import type { Fault } from "../shared/protocol/codes.ts";
import type { App } from "../shared/spec/app.ts";
import type { Device } from "./device.ts";
import { type Around, Host } from "./host.ts";
import { Tab } from "./tab.ts";

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

/** A tab of a device: mostly the only one. */
export class Client {
  /** Its name. */
  readonly name: string;
  /** The zone it is a member of. */
  readonly zone: string;
  /** Its session. */
  readonly claims: unknown;
  /** What it shares with the other tabs of its browser. */
  readonly device: Device;
  /** Whether what other tabs tell now is lost on it. */
  isAsleep = false;
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
  #tab: Tab | null = null;

  /** Places a tab of a device in a world; `flushMs` is how long a write takes to be durable. */
  constructor(
    world: Around & Written,
    device: Device,
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
    this.device = device;
    this.host = new Host(world, name, {
      name: "client",
      create: () => newClient(appOf(), zone, name, `${name}.${++this.#boots}`),
      wake: (): ClientEvent[] => [{ type: "boot", actors: this.#open() }],
      step: (state, event, around) => {
        const outcome = stepClient(state, event, around);
        // Another name, if the master knows another tab by the one there was.
        this.#tab?.own(state.author.actor);
        return outcome;
      },
      // What came from the store goes there no more: it may be gone by now.
      keeps: (path, { type }) => type !== "others" && this.#tab!.keeps(path),
      store: (writes, clears) => this.#tab!.store(writes, clears),
      lost: () => this.#close(),
      alarmSurvives: false,
      flushMs: () => Math.max(1, flushMs()),
      alarm: { type: "alarm" },
    }, device.disk);
  }

  /** Whether it is switched on. */
  get isOn(): boolean {
    return this.host.state !== null;
  }

  /** Whether what it writes is stored. */
  get isStored(): boolean {
    return this.#tab?.isStored ?? true;
  }

  /** Starts, or starts again: everything of its zone is looked at. */
  start(): void {
    const paths = this.#appOf().zones.get(this.zone)!.vars.map((variable) =>
      variable.path
    );
    this.isAsleep = false;
    this.host.disk.clear();
    this.host.run({ type: "observe", paths });
  }

  /** It is looked at again, or the network is back. */
  wake(): void {
    this.isAsleep = false;
    this.host.run({ type: "wake" });
    this.#tab?.catchUp();
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

  /** Opens the tab over what is stored now; returns whose writes are its to send. */
  #open(): string[] {
    const { device, host, zone } = this;
    if (device.opened > 0) host.load();
    const isAsleep = () => this.isAsleep;
    const { app, author } = host.state!;
    this.#tab = new Tab(device, app, zone, {
      get rows() {
        return host.rows;
      },
      get isAsleep() {
        return isAsleep();
      },
      isStoring: (row) => host.isStoring(row),
      replace: (clears) => host.replace(clears),
      run: (event) => void host.run(event),
    });
    return this.#tab.start(author.actor);
  }

  #close(): void {
    this.#tab?.end();
    this.#tab = null;
  }
}
