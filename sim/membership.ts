/**
 * Nodes that join and leave a started app while it runs.
 *
 * @module
 */

import type { ChannelType } from "../shared/spec/app_spec.ts";
import type { Connection } from "./connection.ts";
import type { MemberNode } from "./running_node.ts";
import { type RunningApp, topologyOf } from "./start_app.ts";
import type { NodeRef } from "./topology.ts";
import { UsageError } from "./usage_error.ts";

/** Who joins. */
export interface NodeOptions {
  /** Its id; a free one of the zone's unless said otherwise. */
  readonly id?: string;
  /** What a client's session says; of nobody unless said otherwise. */
  readonly claims?: unknown;
}

/**
 * Makes a node of a zone, which talks to nobody before `establishConnection`;
 * a client can be written at once, and keeps it. Throws `UsageError` for a zone
 * that is not there, a second node of the root, and an id that is taken.
 *
 * ```ts
 * import { establishConnection, initNode, leave, runFor, startApp } from "@zonekit/sim";
 *
 * const app = startApp({
 *   zones: { db: {}, server: {}, client: {} },
 *   channels: [
 *     { type: "websocket", fromZone: "db", toZone: "server" },
 *     { type: "websocket", fromZone: "server", toZone: "client" },
 *   ],
 * });
 * const phone = initNode(app, "client", { claims: { sub: "ann" } });
 * establishConnection(app, app.zones.server![0]!, phone, "websocket");
 * runFor(app, 1_000);
 * leave(app, app.zones.server![0]!); // the phone goes to the other one
 * console.assert(app.connections.at(-1)!.toNodeId === phone.id);
 * ```
 */
export function initNode(
  app: RunningApp,
  zoneName: string,
  { id, claims = {} }: NodeOptions = {},
): MemberNode {
  const topology = topologyOf(app);
  const { zones } = topology.world.app;
  const zone = zones.get(zoneName);
  if (!zone) {
    const wanted = `one of ${[...zones.keys()].join(", ")}`;
    throw new UsageError("unknown-zone", "zoneName", `"${zoneName}"`, wanted);
  }
  if (zone.role === "master") {
    const wanted = "a zone that may have many nodes";
    throw new UsageError("root-node", "zoneName", `"${zoneName}"`, wanted);
  }
  const name = id ?? topology.freeId(zoneName);
  if (name === "" || topology.has(name)) {
    throw new UsageError("taken-id", "id", `"${name}"`, "one that is free");
  }
  return zone.role === "client"
    ? topology.addClient(name, zoneName, claims)
    : topology.addServer(name, zoneName);
}

/**
 * Connects two nodes, whichever is named first: the one further from the root
 * moves, if it was connected elsewhere. Throws `UsageError` for a node that is
 * not there, and for zones that no such channel joins.
 */
export function establishConnection(
  app: RunningApp,
  fromNode: NodeRef,
  toNode: NodeRef,
  channelType: ChannelType,
): Connection {
  return topologyOf(app).connect(fromNode, toNode, channelType);
}

/**
 * Takes a node out for good, with all that it holds. Nodes below it go to the
 * others of its zone in turn, or stay unconnected where there are none. Throws
 * `UsageError` for a node that is not there, and for the root's.
 */
export function leave(app: RunningApp, node: NodeRef): void {
  topologyOf(app).leave(node);
}
