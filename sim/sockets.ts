/**
 * The sockets between clients and server nodes. They keep their order until
 * they are cut; who is cut off learns of it in its own time, or not at all.
 *
 * @module
 */

import type { Client } from "./client.ts";
import type { ServerHost } from "./hosts.ts";
import {
  copiesOf,
  delayOf,
  later,
  type Roster,
  servingZone,
  wayOf,
} from "./roster.ts";
import { inVersion } from "./versions.ts";
import type { Wires } from "./wires.ts";

/** A socket between a client and a server node. */
interface Socket {
  readonly id: string;
  readonly client: Client;
  readonly server: ServerHost;
  /** What is kept beside it. */
  attachment: Uint8Array;
  downAtMs: number;
  upAtMs: number;
}

/** All sockets of a world. */
export class Sockets {
  /** Whether what server nodes send to clients is lost in silence. */
  losesDown = false;
  readonly #roster: Roster;
  readonly #wires: Wires;
  readonly #sockets = new Map<string, Socket>();
  #opened = 0;

  /** Joins the members of a world. */
  constructor(roster: Roster, wires: Wires) {
    this.#roster = roster;
    this.#wires = wires;
  }

  /** The open sockets of a server node, with what is kept beside them. */
  of(server: string): { socket: string; attachment: Uint8Array }[] {
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

  /** Keeps something beside a socket. */
  attach(id: string, bytes: Uint8Array): void {
    const socket = this.#sockets.get(id);
    if (socket) socket.attachment = bytes;
  }

  /** Ends a socket: each end learns of it in its own time. */
  cut(id: string): void {
    const socket = this.#sockets.get(id);
    if (!socket) return;
    this.#sockets.delete(id);
    const { server, client } = socket;
    const roster = this.#roster;
    const up = wayOf(roster, client.name, server.name);
    const down = wayOf(roster, server.name, client.name);
    const upMs = delayOf(roster, up) +
      this.#wires.latencyOf(client.name, server.name);
    const downMs = delayOf(roster, down) +
      this.#wires.latencyOf(server.name, client.name);
    later(roster, server, upMs, () => {
      if (server.state) server.run({ type: "left", socket: id });
    });
    later(roster, client.host, downMs, () => {
      if (client.socket === id) client.unlinked();
    });
  }

  /** Ends all sockets of a node. */
  cutOf(name: string): void {
    for (const { id, client, server } of [...this.#sockets.values()]) {
      if (client.name === name || server.name === name) this.cut(id);
    }
  }

  /** Opens a socket for a client, to a node of the zone above it. */
  dial(client: Client): void {
    const roster = this.#roster;
    const { chance, servers, app, weather } = roster;
    const random = chance.at(`dial of ${client.name}`);
    const serving = servingZone(app, client.zone);
    const near = [...servers.values()].filter(({ zone }) => zone === serving);
    const any = random.pick(near);
    const { home } = client;
    const server = (home === null ? any : servers.get(home))?.host;
    const isLost = random.chance(weather.drop);
    const attempt = ++client.attempt;
    const roundTripMs = server ? this.#roundTripMs(client, server) : 0;
    const delayMs = delayOf(roster, random) + roundTripMs;
    later(roster, client.host, delayMs, () => {
      if (attempt !== client.attempt) return;
      // Who was connected elsewhere meanwhile, or to nobody, has to dial anew.
      if (!server || client.home !== home) return client.unlinked();
      const isCut = this.#wires.isCut(client.name, server.name) ||
        this.#wires.isCut(server.name, client.name);
      if (isLost || isCut) return client.unlinked();
      if (client.barred) return client.unlinked(client.barred);
      this.#join(client, server);
    });
  }

  /** Carries a frame up. */
  sendUp(client: Client, bytes: Uint8Array): void {
    const roster = this.#roster;
    const socket = this.#sockets.get(client.socket ?? "");
    if (!socket) return;
    const { name } = socket.server;
    const frame = inVersion(roster, client.name, name, bytes);
    const way = wayOf(roster, client.name, name);
    for (let left = copiesOf(roster, way); left > 0; left--) {
      const atMs = roster.agenda.nowMs + delayOf(roster, way) +
        this.#wires.latencyOf(client.name, name);
      socket.upAtMs = Math.max(socket.upAtMs, atMs);
      roster.agenda.at(socket.upAtMs, () => {
        this.#wires.pass(client.name, name, () => {
          if (!this.#sockets.has(socket.id)) return;
          socket.server.run({ type: "frame", socket: socket.id, bytes: frame });
        });
      });
    }
  }

  /** Carries a frame down. */
  sendDown(id: string, bytes: Uint8Array): void {
    const roster = this.#roster;
    const socket = this.#sockets.get(id);
    if (!socket) return;
    const { client, server } = socket;
    client.overheard.push(bytes);
    const way = wayOf(roster, server.name, client.name);
    const copies = this.losesDown ? 0 : copiesOf(roster, way);
    for (let left = copies; left > 0; left--) {
      const atMs = roster.agenda.nowMs + delayOf(roster, way) +
        this.#wires.latencyOf(server.name, client.name);
      socket.downAtMs = Math.max(socket.downAtMs, atMs);
      const delayMs = socket.downAtMs - roster.agenda.nowMs;
      later(roster, client.host, delayMs, () => {
        this.#wires.pass(server.name, client.name, () => {
          if (client.socket === id) client.host.run({ type: "frame", bytes });
        });
      });
    }
  }

  /** Asks the other end of a client's socket whether it lives. */
  ping(client: Client): void {
    const roster = this.#roster;
    const { socket } = client;
    const end = this.#sockets.get(socket ?? "")?.server;
    const server = end?.name ?? "";
    const isCut = this.#wires.isCut(client.name, server) ||
      this.#wires.isCut(server, client.name);
    const delayMs = 2 * delayOf(roster, wayOf(roster, client.name, server)) +
      (end ? this.#roundTripMs(client, end) : 0);
    later(roster, client.host, delayMs, () => {
      if (isCut || socket === null || !this.#sockets.has(socket)) return;
      if (client.socket === socket) client.host.run({ type: "pong" });
    });
  }

  /** What is added to the way there and back. */
  #roundTripMs(client: Client, server: ServerHost): number {
    return this.#wires.latencyOf(client.name, server.name) +
      this.#wires.latencyOf(server.name, client.name);
  }

  #join(client: Client, server: ServerHost): void {
    const id = `${client.name}#${++this.#opened}`;
    const { nowMs } = this.#roster.agenda;
    const attachment = new Uint8Array();
    const [downAtMs, upAtMs] = [nowMs, nowMs];
    this.#sockets.set(id, { id, client, server, attachment, downAtMs, upAtMs });
    client.socket = id;
    const { claims } = client;
    const expiresMs = Math.min(
      server.nowMs + client.sessionMs,
      Number.MAX_SAFE_INTEGER,
    );
    server.run({ type: "joined", socket: id, claims, expiresMs });
    if (this.#sockets.has(id)) client.host.run({ type: "linked" });
  }
}
