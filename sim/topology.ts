/**
 * Who is there in a started app and who talks to whom, while nodes join, move
 * and leave.
 *
 * @module
 */

import type { ChannelType } from "../shared/spec/app_spec.ts";
import { type Connection, WireConnection } from "./connection.ts";
import { servingZone } from "./roster.ts";
import {
  clientNode,
  masterNode,
  type MemberNode,
  serverNode,
} from "./running_node.ts";
import { UsageError } from "./usage_error.ts";
import type { World } from "./world.ts";

/** A node, or its id. */
export type NodeRef = string | { readonly id: string };

/** The nodes of a world and the connections between them. */
export class Topology {
  /** What runs them. */
  readonly world: World;
  readonly #nodes = new Map<string, MemberNode>();
  /** To the node above, by the one below: the zones make a tree, and so do nodes. */
  readonly #ups = new Map<string, WireConnection>();
  /** How often a node was chosen, so that the next one has its turn. */
  #turns = 0;

  /** Shows what a world has started, and makes each node's ways. */
  constructor(world: World) {
    this.world = world;
    this.#add(masterNode(world));
    for (const { host, zone, parent } of world.servers.values()) {
      if (zone === "") continue;
      const node = this.#add(serverNode(world, host, zone));
      this.#link(this.node(parent), node, parent);
    }
  }

  /** The nodes of a zone, in the order in which they joined. */
  nodesOf(zone: string): MemberNode[] {
    return [...this.#nodes.values()].filter((node) => node.zone === zone);
  }

  /** The connections, in the order in which they were made. */
  get connections(): Connection[] {
    return [...this.#ups.values()];
  }

  /** The node of an id. Throws `UsageError`. */
  node(ref: NodeRef): MemberNode {
    const id = typeof ref === "string" ? ref : ref.id;
    const node = this.#nodes.get(id);
    if (node) return node;
    const wanted = `one of ${[...this.#nodes.keys()].join(", ")}`;
    throw new UsageError("unknown-node", "nodeId", `"${id}"`, wanted);
  }

  /** Whether an id is taken, be it by a node that is no zone's. */
  has(id: string): boolean {
    return this.#nodes.has(id) || this.world.servers.has(id);
  }

  /** The names of the two ends of the ways between two nodes. */
  ends(one: NodeRef, other: NodeRef): [string, string] {
    const [a, b] = [this.node(one).id, this.node(other).id];
    const [up, down] = [this.#ups.get(a), this.#ups.get(b)];
    if (up?.fromNodeId === b) return [a, up.above];
    return down?.fromNodeId === a ? [down.above, b] : [a, b];
  }

  /** Starts a client that is connected to nobody. */
  addClient(id: string, zone: string, claims: unknown): MemberNode {
    return this.#add(clientNode(this.world, id, zone, claims));
  }

  /** Starts a server node that is connected to nobody. */
  addServer(id: string, zone: string): MemberNode {
    const { host } = this.world.addServer(id, zone, "");
    return this.#add(serverNode(this.world, host, zone));
  }

  /** An id that nobody has. */
  freeId(zone: string): string {
    const { role } = this.world.app.zones.get(zone)!;
    const stem = role === "client" ? `${zone}-` : `space/${zone}`;
    for (let i = 0;; i++) {
      if (!this.#nodes.has(`${stem}${i}`)) return `${stem}${i}`;
    }
  }

  /** Connects two nodes, whichever is named first. Throws `UsageError`. */
  connect(one: NodeRef, other: NodeRef, type: ChannelType): Connection {
    const [from, to] = this.#inOrder(this.node(one), this.node(other), type);
    const client = this.world.clients.get(to.id);
    const above = client ? this.#holderOf(from, to) : from.id;
    const known = this.#ups.get(to.id);
    if (known?.above === above) return known;
    this.#unlink(to);
    const connection = this.#link(from, to, above);
    if (client) {
      client.home = above;
      this.world.network.sockets.cutOf(to.id);
      client.host.run({ type: "wake" });
    } else {
      this.world.servers.get(to.id)!.parent = above;
      // Its copy is of the other node's making.
      this.world.crash(to.id);
      this.world.hostOf(to.id).run({ type: "alarm" });
    }
    return connection;
  }

  /** Takes a node out; those below it go to others of its zone, where there are any. */
  leave(ref: NodeRef): void {
    const node = this.node(ref);
    if (node.zone === this.world.app.root) {
      const wanted = "a node that can leave";
      throw new UsageError("root-node", "nodeId", "the root node", wanted);
    }
    const below = [...this.#ups.values()]
      .filter(({ fromNodeId }) => fromNodeId === node.id)
      .map(({ toNodeId }) => this.node(toNodeId));
    this.#unlink(node);
    this.#nodes.delete(node.id);
    this.world.remove(node.id);
    for (const orphan of below) this.#rehome(orphan, node.zone);
  }

  #rehome(orphan: MemberNode, zone: string): void {
    this.#unlink(orphan);
    const others = this.nodesOf(zone);
    if (others.length > 0) {
      const next = others[this.#turns++ % others.length]!;
      this.connect(next, orphan, "websocket");
      return;
    }
    const client = this.world.clients.get(orphan.id);
    if (client) client.home = "";
    else this.world.servers.get(orphan.id)!.parent = "";
  }

  /** The two with the one nearer to the root first, if a channel joins their zones. */
  #inOrder(
    one: MemberNode,
    other: MemberNode,
    type: ChannelType,
  ): [MemberNode, MemberNode] {
    const { channels } = this.world.app.spec;
    for (const [from, to] of [[one, other], [other, one]] as const) {
      const joins = channels.some((channel) =>
        channel.fromZone === from.zone && channel.toZone === to.zone &&
        channel.type === type
      );
      if (joins) return [from, to];
    }
    const wanted = channels
      .map((channel) => `${channel.fromZone} to ${channel.toZone}`).join(", ");
    const found = `${one.zone} to ${other.zone} by "${type}"`;
    throw new UsageError("no-channel", "nodes", found, wanted);
  }

  /** Who holds the socket of a client: right below the root, a node that is no zone's. */
  #holderOf(from: MemberNode, to: MemberNode): string {
    const { app, servers } = this.world;
    if (servingZone(app, to.zone) !== "") return from.id;
    const known = this.#ups.get(to.id);
    if (known) return known.above;
    const holders = [...servers.keys()]
      .filter((name) => servers.get(name)!.zone === "");
    const clients = this.nodesOf(to.zone).length - 1;
    return holders[clients % holders.length]!;
  }

  #add(node: MemberNode): MemberNode {
    this.#nodes.set(node.id, node);
    return node;
  }

  #link(from: MemberNode, to: MemberNode, above: string): WireConnection {
    const { wires } = this.world.network;
    const connection = new WireConnection(wires, from, to, above);
    this.#ups.set(to.id, connection);
    return connection;
  }

  #unlink(node: MemberNode): void {
    const up = this.#ups.get(node.id);
    // Whoever comes back finds the way open.
    if (up) up.isActive = true;
    this.#ups.delete(node.id);
  }
}
