/**
 * The links between nodes: sockets, calls, and the ways under both.
 *
 * @module
 */

import type { Output } from "../shared/node/outcome.ts";
import { Calls } from "./calls.ts";
import type { Client } from "./client.ts";
import { later, type Roster } from "./roster.ts";
import { Sockets } from "./sockets.ts";
import { Wires } from "./wires.ts";

/** All links of a world. */
export class Network {
  /** What stands between two nodes. */
  readonly wires: Wires = new Wires();
  /** Between clients and server nodes. */
  readonly sockets: Sockets;
  /** Between the other nodes. */
  readonly calls: Calls;
  readonly #roster: Roster;

  /** Makes the links of a world. */
  constructor(roster: Roster) {
    this.#roster = roster;
    this.sockets = new Sockets(roster, this.wires);
    this.calls = new Calls(roster, this.wires);
  }

  /** Carries out what a node's step asked of the network. */
  perform(name: string, output: Output): void {
    const { clients, servers, master } = this.#roster;
    const client = clients.get(name);
    if (client) return this.#performUp(client, output);
    const server = servers.get(name)?.host;
    switch (output.type) {
      case "call":
        return this.calls.call(server ?? master, output.to, output.bytes);
      case "send":
        return this.sockets.sendDown(output.link, output.bytes);
      case "close":
        return this.sockets.cut(output.link);
      case "attach":
        return this.sockets.attach(output.link, output.bytes);
      case "turn":
        return later(
          this.#roster,
          server!,
          0,
          () => void server!.run({ type: "turn" }),
        );
    }
  }

  #performUp(client: Client, output: Output): void {
    switch (output.type) {
      case "send":
        return this.sockets.sendUp(client, output.bytes);
      case "dial":
        return this.sockets.dial(client);
      case "ping":
        return this.sockets.ping(client);
      case "hang-up":
        client.attempt++;
        client.socket = null;
        return this.sockets.cutOf(client.name);
    }
  }
}
