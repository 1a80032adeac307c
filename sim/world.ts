/**
 * The memory world: any spec, any number of nodes, one agenda over virtual time
 * and one seed. The steps and the bytes are the shipped ones; only the network,
 * the stores and the time are the simulator's.
 *
 * @module
 */

import { newMaster, stepMaster } from "../shared/node/master/step.ts";
import type { Outcome, Output } from "../shared/node/outcome.ts";
import { PAGING, type Paging } from "../shared/node/page.ts";
import { NODES_PATH } from "../shared/node/peers/peer_links.ts";
import { newServer, stepServer } from "../shared/node/server/step.ts";
import type { RowWrite } from "../shared/ports/rows.ts";
import type { App } from "../shared/spec/app.ts";
import { Agenda } from "./agenda.ts";
import { Chance } from "./chance.ts";
import { Client, type WriteId, type Written } from "./client.ts";
import { Coverage } from "./coverage.ts";
import { Deaths } from "./deaths.ts";
import { Device } from "./device.ts";
import { type Around, Host } from "./host.ts";
import type { MasterHost, ServerHost } from "./hosts.ts";
import { Network } from "./network.ts";
import { Power, type Powered } from "./power.ts";
import { type ServerMember, serverZones } from "./roster.ts";
import { CALM, type Weather } from "./weather.ts";

/** When virtual time begins: a moment in 2027. */
const START_MS = 1_800_000_000_000;

/** What a world is made of. */
export interface WorldOptions {
  /** Where all chance comes from. */
  readonly seed: number;
  /** How many nodes each server zone has. */
  readonly servers?: number;
  /** What goes wrong all the time. */
  readonly weather?: Weather;
  /** How much goes into one message. */
  readonly paging?: Paging;
  /** The version of the app that a deploy brings. */
  readonly next?: App;
  /** Whether server nodes look at their own vars, so that all that is derived runs. */
  readonly observeServers?: boolean;
}

/** What a step told about a write. */
export type Settled = Extract<Output, { type: "settled" | "renumbered" }>;

/**
 * A node has taken a step.
 *
 * @internal
 */
export interface Stepped {
  /** Which node. */
  readonly name: string;
  /** What happened to it. */
  readonly event: { readonly type: string };
  /** What came of it. */
  readonly outcome: Outcome;
}

/** Which code a node runs. */
export interface Release {
  /** Whether it is the app's next version. */
  readonly isNext: boolean;
  /** By how much its protocol is ahead of the shipped one. */
  readonly protocol: number;
}

const FIRST_RELEASE: Release = { isNext: false, protocol: 0 };

/**
 * A running topology.
 *
 * @internal
 */
export class World implements Around, Powered, Written {
  /** The app that runs. */
  readonly app: App;
  /** What is to happen. */
  readonly agenda: Agenda = new Agenda(START_MS);
  /** All chance. */
  readonly chance: Chance;
  /** The links between nodes. */
  readonly network: Network;
  /** What switches clients on and off. */
  readonly power: Power;
  /** What decides whether a node dies within a step. */
  readonly deaths: Deaths;
  /** Where nodes have died. */
  readonly coverage: Coverage = new Coverage();
  /** What goes wrong all the time. */
  weather: Weather;
  /** The root zone's node. */
  readonly master: MasterHost;
  /** The nodes between, by name. */
  readonly servers: Map<string, ServerMember> = new Map();
  /** The clients, by name. */
  readonly clients: Map<string, Client> = new Map();
  /** Steps taken so far. */
  events = 0;
  /** Told what became of writes. */
  onSettled: (settled: Settled) => void = () => {};
  /** Told of what clients write. */
  onWritten: (client: Client, id: WriteId) => void = () => {};
  /** Told that a node's store has not got what it had. */
  onForgot: (name: string) => void = () => {};
  /** Told of every step. */
  onStepped: (stepped: Stepped) => void = () => {};
  readonly #options: WorldOptions;
  readonly #releases = new Map<string, Release>();

  /** Starts the root zone and the zones between; clients come by `addClient`. */
  constructor(app: App, options: WorldOptions) {
    this.app = app;
    this.#options = options;
    this.chance = new Chance(options.seed, this.agenda);
    this.weather = options.weather ?? CALM;
    this.network = new Network(this);
    this.power = new Power(this);
    this.deaths = new Deaths(this);
    const root = app.root;
    this.master = new Host(this, root, {
      name: "master",
      create: () => newMaster(this.appOf(root), options.paging ?? PAGING),
      wake: () => [{ type: "boot" }],
      step: stepMaster,
      keeps: () => true,
      alarmSurvives: true,
      flushMs: () => 0,
      alarm: { type: "alarm" },
      unstored: (event) =>
        event.type === "peer"
          ? { ...event, type: "peer-unstored", code: "space-full" }
          : null,
    });
    for (const zone of serverZones(app)) {
      const above = app.zones.get(zone)?.parent ?? root;
      for (let i = 0; i < (options.servers ?? 1); i++) {
        const parent = above === root ? root : `space/${above}${i}`;
        this.addServer(`space/${zone}${i}`, zone, parent);
      }
    }
    this.master.run({ type: "alarm" });
  }

  /** The app that a node runs. */
  appOf(name: string): App {
    const { isNext } = this.releaseOf(name);
    return isNext ? this.#options.next ?? this.app : this.app;
  }

  /** Which code a node runs. */
  releaseOf(name: string): Release {
    return this.#releases.get(name) ?? FIRST_RELEASE;
  }

  protocolOf(name: string): number {
    return this.releaseOf(name).protocol;
  }

  /** Starts a client with a session, over an empty store or a copy of another's. */
  addClient(
    name: string,
    zone: string,
    claims: unknown,
    home: string | null = null,
    copied: readonly RowWrite[] = [],
  ): Client {
    const places = this.chance.at(`tabs of ${name}`);
    const delayMs = () => places.below(this.weather.flushMsMax + 1);
    const device = new Device(this.agenda, delayMs);
    const client = this.#placeClient(name, zone, claims, device);
    client.home = home;
    const off = this.chance.at(`clock of ${name}`).next() - 0.5;
    const skew = off * 2 * this.weather.skewMsMax;
    client.host.skewMs = Math.round(skew);
    if (copied.length > 0) {
      client.host.disk.replace(copied);
      client.host.crash();
    }
    client.start();
    return client;
  }

  /** Opens another tab of a client's browser, over the same store. */
  openTab(of: Client): Client {
    const { zone, claims, device, host } = of;
    const stem = of.name.split("+")[0]!;
    const name = `${stem}+${++device.opened}`;
    this.#releases.set(name, this.releaseOf(of.name));
    const tab = this.#placeClient(name, zone, claims, device);
    tab.home = of.home;
    tab.host.skewMs = host.skewMs;
    tab.host.frozenMs = host.frozenMs;
    tab.start();
    return tab;
  }

  /** The tabs of a client's browser; of any other name, none. */
  tabsOf(name: string): Client[] {
    const device = this.clients.get(name)?.device;
    return [...this.clients.values()].filter((tab) => tab.device === device);
  }

  #placeClient(
    name: string,
    zone: string,
    claims: unknown,
    device: Device,
  ): Client {
    const client = new Client(
      this,
      device,
      () => this.appOf(name),
      name,
      zone,
      claims,
      () => this.chance.at(`disk of ${name}`).below(this.weather.flushMsMax),
    );
    this.clients.set(name, client);
    return client;
  }

  stepped(name: string, event: { readonly type: string }, outcome: Outcome) {
    this.events++;
    this.onStepped({ name, event, outcome });
  }

  refuses(name: string, writes: readonly RowWrite[]): boolean {
    const { failedWrite } = this.weather;
    return failedWrite > 0 && writes.length > 0 && !this.clients.has(name) &&
      this.chance.at(`disk of ${name}`).chance(failedWrite);
  }

  fell(name: string): void {
    this.network.sockets.cutOf(name);
    const client = this.clients.get(name);
    if (client) this.power.fell(client);
  }

  written(client: Client, id: WriteId): void {
    this.onWritten(client, id);
  }

  perform(name: string, output: Output): void {
    if (output.type === "settled" || output.type === "renumbered") {
      this.onSettled(output);
    } else this.network.perform(name, output);
  }

  /** The node of a name. */
  hostOf(name: string): MasterHost | ServerHost | Client["host"] {
    return this.clients.get(name)?.host ?? this.servers.get(name)?.host ??
      this.master;
  }

  /** The nodes that go by one clock: all tabs of a device. */
  hostsOf(name: string): (MasterHost | ServerHost | Client["host"])[] {
    const tabs = this.tabsOf(name).map(({ host }) => host);
    return tabs.length > 0 ? tabs : [this.hostOf(name)];
  }

  /** Kills a node: memory goes, and what was not durable. A client starts again. */
  crash(name: string): void {
    const host = this.hostOf(name);
    const client = this.clients.get(name);
    if (client) {
      this.power.off(client);
      client.start();
    } else {
      host.die();
      this.network.sockets.cutOf(name);
    }
  }

  /** Takes a server node's or the master's memory; sockets stay open. */
  hibernate(name: string): void {
    if (this.network.calls.isWaiting(name)) return;
    this.servers.get(name)?.host.die();
    if (name === this.master.name) this.master.die();
  }

  /** Puts a node on other code. Objects lose memory and sockets, pages are loaded anew. */
  deploy(name: string, release: Release): void {
    this.#releases.set(name, release);
    this.crash(name);
  }

  /** A device's store was cleared, or put back. */
  forgot(name: string): void {
    this.onForgot(name);
  }

  /** The master's store was put back. */
  restored(): void {
    this.onForgot(this.master.name);
  }

  /** Lets time pass up to a moment. */
  runUntil(atMs: number): void {
    let isOver = false;
    this.agenda.at(atMs, () => isOver = true, true);
    while (!isOver) this.agenda.step();
  }

  /** Lets so much time pass. */
  runFor(ms: number): void {
    this.runUntil(this.agenda.nowMs + ms);
  }

  /** Starts a node of a zone between. */
  addServer(name: string, zone: string, parent: string): ServerMember {
    const { paging, observeServers } = this.#options;
    const paths =
      this.app.zones.get(zone)?.vars.map((variable) => variable.path) ?? [];
    const host: ServerHost = new Host(this, name, {
      name: "server",
      create: () =>
        newServer(this.appOf(name), zone, name, member.parent, paging),
      wake: () => [
        { type: "restored", sockets: this.network.sockets.of(name) },
        ...observeServers ? [{ type: "observe", paths } as const] : [],
      ],
      step: stepServer,
      // A copy is memory; whom to tell when it is gone is not.
      keeps: (path) => path === NODES_PATH,
      alarmSurvives: true,
      flushMs: () => 0,
      alarm: { type: "alarm" },
    });
    const member: ServerMember = { host, zone, parent };
    this.servers.set(name, member);
    if (observeServers) host.run({ type: "alarm" });
    return member;
  }

  /** Takes a node out for good; what was under way to it is lost. */
  remove(name: string): void {
    this.hostOf(name).retire();
    this.network.sockets.cutOf(name);
    this.servers.delete(name);
    this.clients.delete(name);
  }
}
