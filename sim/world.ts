/**
 * The memory world: any spec, any number of nodes, one agenda over virtual time
 * and one seed. The steps and the bytes are the shipped ones; only the network,
 * the stores and the time are the simulator's.
 *
 * @module
 */

import { newMaster, stepMaster } from "../shared/node/master/step.ts";
import type { Output } from "../shared/node/outcome.ts";
import { newServer, stepServer } from "../shared/node/server/step.ts";
import type { Paging } from "../shared/node/page.ts";
import { NODES_PATH } from "../shared/node/peers/peer_links.ts";
import type { App } from "../shared/spec/app.ts";
import { Agenda } from "./agenda.ts";
import { Client } from "./client.ts";
import { CALM, type Faults } from "./faults.ts";
import { type Around, Host } from "./host.ts";
import type { MasterHost, ServerHost } from "./hosts.ts";
import { Network } from "./network.ts";
import { type Random, randomOf } from "./random.ts";

/** When virtual time begins: a moment in 2027. */
const START_MS = 1_800_000_000_000;

/** What a world is made of. */
export interface WorldOptions {
  /** Where all chance comes from. */
  readonly seed: number;
  /** How many nodes each server zone has. */
  readonly servers?: number;
  /** What goes wrong. */
  readonly faults?: Faults;
  /** How much goes into one message. */
  readonly paging?: Paging;
  /** Whether server nodes look at their own vars, so that all that is derived runs. */
  readonly observeServers?: boolean;
}

/** What a step told about a write. */
export type Settled = Extract<Output, { type: "settled" | "renumbered" }>;

/** A running topology. */
export class World implements Around {
  /** The app that runs. */
  readonly app: App;
  /** What is to happen. */
  readonly agenda = new Agenda(START_MS);
  /** All chance. */
  readonly random: Random;
  /** The links between nodes. */
  readonly network: Network;
  /** What goes wrong. */
  faults: Faults;
  /** The root zone's node. */
  readonly master: MasterHost;
  /** The nodes between, by name, and the zone that each is of. */
  readonly servers = new Map<string, { host: ServerHost; zone: string }>();
  /** The clients, by name. */
  readonly clients = new Map<string, Client>();
  /** Events run so far. */
  events = 0;
  /** Told what became of writes. */
  onSettled: (settled: Settled) => void = () => {};

  /** Starts the root zone and the zones between; clients come by `addClient`. */
  constructor(app: App, options: WorldOptions) {
    this.app = app;
    this.random = randomOf(options.seed);
    this.faults = options.faults ?? CALM;
    this.network = new Network(this);
    this.master = new Host(this, app.root, {
      create: () => newMaster(app, options.paging),
      wake: () => [{ type: "boot" }],
      step: stepMaster,
      keeps: () => true,
      alarmSurvives: true,
      flushMs: () => 0,
      alarm: { type: "alarm" },
    });
    const between = [...app.zones.values()].filter((zone) =>
      zone.role === "server"
    );
    const zones = between.length > 0 ? between.map((zone) => zone.name) : [""];
    for (const zone of zones) {
      for (let i = 0; i < (options.servers ?? 1); i++) {
        this.#addServer(zone, i, options);
      }
    }
    this.master.run({ type: "alarm" });
  }

  /** Starts a client with a session. */
  addClient(
    name: string,
    zone: string,
    claims: unknown,
    home: string | null = null,
  ): Client {
    const client = new Client(
      this,
      this.app,
      name,
      zone,
      claims,
      () => this.random.below(this.faults.flushMsMax),
    );
    this.clients.set(name, client);
    client.home = home;
    const skew = (this.random.next() - 0.5) * 2 * this.faults.skewMsMax;
    client.host.skewMs = Math.round(skew);
    client.start();
    return client;
  }

  /** Counts an event. */
  count(): void {
    this.events++;
  }

  /** Says whether a node dies between its writes and its messages. */
  diesNow(): boolean {
    return this.faults.crashMidway > 0 &&
      this.random.chance(this.faults.crashMidway);
  }

  /** A node has died: the other ends of its sockets will notice. */
  fell(name: string): void {
    this.network.cutOf(name);
  }

  /** Does what a step asked for. */
  perform(name: string, output: Output): void {
    if (output.type === "settled" || output.type === "renumbered") {
      this.onSettled(output);
    } else this.network.perform(name, output);
  }

  /** Kills a node: memory goes, and what was not durable. A client starts again. */
  crash(name: string): void {
    const client = this.clients.get(name);
    const host = this.servers.get(name)?.host ?? this.master;
    if (client) {
      this.switchOff(client);
      client.start();
    } else {
      host.crash();
      this.fell(name);
    }
  }

  /** Switches a device off, in the middle of whatever it does; its store stays. */
  switchOff(client: Client): void {
    client.host.crash();
    this.fell(client.name);
    client.socket = null;
  }

  /** Takes a server node's memory; its sockets stay open. */
  hibernate(name: string): void {
    if (this.network.isWaiting(name)) return;
    this.servers.get(name)?.host.crash();
  }

  /** Lets time pass up to a moment. */
  runUntil(atMs: number): void {
    let due = true;
    this.agenda.at(atMs, () => due = false);
    while (due) this.agenda.step();
  }

  /** Lets so much time pass. */
  runFor(ms: number): void {
    this.runUntil(this.agenda.nowMs + ms);
  }

  #addServer(zone: string, i: number, options: WorldOptions): void {
    const observed = options.observeServers === true;
    const name = `space/${zone}${i}`;
    const above = this.app.zones.get(zone)?.parent ?? this.app.root;
    const parent = above === this.app.root
      ? this.master.name
      : `space/${above}${i}`;
    const paths =
      this.app.zones.get(zone)?.vars.map((variable) => variable.path) ?? [];
    const host: ServerHost = new Host(this, name, {
      create: () => newServer(this.app, zone, name, parent, options.paging),
      wake: () => [
        { type: "restored", sockets: this.network.socketsOf(name) },
        ...observed ? [{ type: "observe", paths } as const] : [],
      ],
      step: stepServer,
      // A copy is memory; whom to tell when it is gone is not.
      keeps: (path) => path === NODES_PATH,
      alarmSurvives: true,
      flushMs: () => 0,
      alarm: { type: "alarm" },
    });
    this.servers.set(name, { host, zone });
    if (observed) host.run({ type: "alarm" });
  }
}
