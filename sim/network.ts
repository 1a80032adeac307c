/**
 * The links between nodes: calls that may be lost, doubled and late, and sockets
 * that keep their order until they are cut.
 *
 * @module
 */

import type { Output } from "../shared/node/outcome.ts";
import type { App } from "../shared/spec/app.ts";
import type { Client } from "./client.ts";
import type { Agenda } from "./agenda.ts";
import type { Faults } from "./faults.ts";
import type { MasterHost, ServerHost } from "./hosts.ts";
import type { Random } from "./random.ts";

/** What the network joins, and what goes wrong in it. */
export interface Joined {
  /** The app that runs. */
  readonly app: App;
  /** The virtual time, and what is to happen. */
  readonly agenda: Agenda;
  /** All chance. */
  readonly random: Random;
  /** What goes wrong. */
  readonly faults: Faults;
  /** The root zone's node. */
  readonly master: MasterHost;
  /** The nodes between, by name, and the zone that each is of. */
  readonly servers: ReadonlyMap<string, { host: ServerHost; zone: string }>;
  /** The clients, by name. */
  readonly clients: ReadonlyMap<string, Client>;
}

/** A socket between a client and a server node. */
interface Socket {
  readonly id: string;
  readonly client: Client;
  readonly server: ServerHost;
  attachment: Uint8Array;
  downAtMs: number;
  upAtMs: number;
}

/** All links of a world. */
export class Network {
  /** Whether what server nodes send to clients is lost in silence. */
  losesDown = false;
  readonly #world: Joined;
  readonly #sockets = new Map<string, Socket>();
  readonly #unreachable = new Set<string>();
  /** Calls that wait for their answer, by who made them. */
  readonly #calls = new Map<string, number>();
  #opened = 0;

  /** Makes the links of a world. */
  constructor(world: Joined) {
    this.#world = world;
  }

  /** Carries out what a node's step asked of the network. */
  perform(name: string, output: Output): void {
    const client = this.#world.clients.get(name);
    if (client) return this.#performUp(client, output);
    const host = this.#nodeOf(name)!;
    switch (output.type) {
      case "call":
        return this.#call(host, output.to, output.bytes);
      case "send":
        return this.#sendDown(output.link, output.bytes);
      case "close":
        return this.cutSocket(output.link);
      case "attach": {
        const socket = this.#sockets.get(output.link);
        if (socket) socket.attachment = output.bytes;
        return;
      }
      case "turn": {
        const server = this.#world.servers.get(name)!.host;
        return this.#later(server, 0, () => void server.run({ type: "turn" }));
      }
    }
  }

  /** Takes a client off the network, or puts it back. */
  setReachable(client: string, reachable: boolean): void {
    if (reachable) this.#unreachable.delete(client);
    else {
      this.#unreachable.add(client);
      this.cutOf(client);
    }
  }

  /** Puts everybody back. */
  heal(): void {
    this.#unreachable.clear();
  }

  /** Says whether a node waits for an answer: such a one does not hibernate. */
  isWaiting(name: string): boolean {
    return (this.#calls.get(name) ?? 0) > 0;
  }

  /** The open sockets of a server node, with what is kept beside them. */
  socketsOf(server: string): { socket: string; attachment: Uint8Array }[] {
    return [...this.#sockets.values()]
      .filter((socket) =>
        socket.server.name === server && socket.attachment.length > 0
      )
      .map(({ id, attachment }) => ({ socket: id, attachment }));
  }

  /** The ids of all open sockets. */
  open(): string[] {
    return [...this.#sockets.keys()];
  }

  /** Ends a socket: each end learns of it in its own time. */
  cutSocket(id: string): void {
    const socket = this.#sockets.get(id);
    if (!socket) return;
    this.#sockets.delete(id);
    const { server, client } = socket;
    this.#later(server, this.#delay(), () => {
      if (server.state) server.run({ type: "left", socket: id });
    });
    this.#later(client.host, this.#delay(), () => {
      if (client.socket === id) client.unlinked();
    });
  }

  /** Ends all sockets of a node. */
  cutOf(name: string): void {
    for (const { id, client, server } of [...this.#sockets.values()]) {
      if (client.name === name || server.name === name) this.cutSocket(id);
    }
  }

  #performUp(client: Client, output: Output): void {
    switch (output.type) {
      case "send":
        return this.#sendUp(client, output.bytes);
      case "dial":
        return this.#dial(client);
      case "ping":
        return this.#ping(client);
      case "hang-up":
        client.attempt++;
        client.socket = null;
        return this.cutOf(client.name);
    }
  }

  #nodeOf(name: string): MasterHost | ServerHost | undefined {
    const { master, servers } = this.#world;
    return name === master.name ? master : servers.get(name)?.host;
  }

  #delay(): number {
    return this.#world.random.below(this.#world.faults.delayMsMax + 1);
  }

  #later(
    host: { readonly life: number },
    delayMs: number,
    run: () => void,
  ): void {
    const { life } = host;
    this.#world.agenda.at(this.#world.agenda.nowMs + delayMs, () => {
      if (life === host.life) run();
    });
  }

  #call(from: MasterHost | ServerHost, name: string, bytes: Uint8Array): void {
    const { random, faults, agenda } = this.#world;
    const to = this.#nodeOf(name);
    const { life } = from;
    this.#count(from.name, 1);
    const end = (run: () => void) =>
      agenda.at(agenda.nowMs + this.#delay(), () => {
        this.#count(from.name, -1);
        if (life === from.life) run();
      });
    const fail = () =>
      end(() => void from.run({ type: "peer-failed", to: name }));
    if (!to || random.chance(faults.drop)) return fail();
    const arrive = () =>
      to.run({ type: "peer", from: from.name, bytes, answering: false });
    const atMs = agenda.nowMs + this.#delay();
    agenda.at(atMs, () => {
      const replies = arrive();
      if (replies === null || random.chance(faults.drop)) return fail();
      end(() => {
        for (const reply of replies) {
          from.run({ type: "peer", from: name, bytes: reply, answering: true });
        }
      });
    });
    // A call that comes twice is answered once.
    if (random.chance(faults.duplicate)) {
      agenda.at(atMs + this.#delay(), arrive);
    }
  }

  #count(name: string, change: number): void {
    this.#calls.set(name, (this.#calls.get(name) ?? 0) + change);
  }

  #dial(client: Client): void {
    const { random, servers, app, agenda, faults } = this.#world;
    const parent = app.zones.get(client.zone)!.parent;
    const near = [...servers.values()].filter(({ zone }) =>
      zone === parent || zone === ""
    );
    const any = random.pick(near).host;
    const server = servers.get(client.home ?? "")?.host ?? any;
    const failed = random.chance(faults.drop);
    const attempt = ++client.attempt;
    this.#later(client.host, this.#delay(), () => {
      if (attempt !== client.attempt) return;
      if (failed || this.#unreachable.has(client.name)) {
        return client.unlinked();
      }
      const id = `${client.name}#${++this.#opened}`;
      const { nowMs } = agenda;
      const attachment = new Uint8Array();
      this.#sockets.set(id, {
        id,
        client,
        server,
        attachment,
        downAtMs: nowMs,
        upAtMs: nowMs,
      });
      client.socket = id;
      const expiresMs = Number.MAX_SAFE_INTEGER;
      server.run({
        type: "joined",
        socket: id,
        claims: client.claims,
        expiresMs,
      });
      if (this.#sockets.has(id)) client.host.run({ type: "linked" });
    });
  }

  #sendUp(client: Client, bytes: Uint8Array): void {
    const socket = this.#sockets.get(client.socket ?? "");
    for (let left = socket ? this.#copies() : 0; socket && left > 0; left--) {
      socket.upAtMs = Math.max(
        socket.upAtMs,
        this.#world.agenda.nowMs + this.#delay(),
      );
      this.#world.agenda.at(socket.upAtMs, () => {
        if (!this.#sockets.has(socket.id)) return;
        socket.server.run({ type: "frame", socket: socket.id, bytes });
      });
    }
  }

  #sendDown(id: string, bytes: Uint8Array): void {
    const socket = this.#sockets.get(id);
    if (!socket) return;
    const { client } = socket;
    client.overheard.push(bytes);
    const copies = this.losesDown ? 0 : this.#copies();
    for (let left = copies; left > 0; left--) {
      socket.downAtMs = Math.max(
        socket.downAtMs,
        this.#world.agenda.nowMs + this.#delay(),
      );
      const delayMs = socket.downAtMs - this.#world.agenda.nowMs;
      this.#later(client.host, delayMs, () => {
        if (client.socket === id) client.host.run({ type: "frame", bytes });
      });
    }
  }

  #copies(): number {
    const { random, faults } = this.#world;
    if (random.chance(faults.drop)) return 0;
    return random.chance(faults.duplicate) ? 2 : 1;
  }

  #ping(client: Client): void {
    const { socket } = client;
    this.#later(client.host, 2 * this.#delay(), () => {
      if (socket !== null && this.#sockets.has(socket)) {
        client.host.run({ type: "pong" });
      }
    });
  }
}
