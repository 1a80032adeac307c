/**
 * What a script can do to a started app, after the verbs of turmoil (Tokio's
 * network simulator): to a node, or to the way between two.
 *
 * @module
 */

import { type RunningApp, topologyOf } from "./start_app.ts";
import type { NodeRef } from "./topology.ts";
import * as verbs from "./verbs.ts";
import type { Release } from "./world.ts";

/** Cuts the way between two nodes: what is sent is lost in silence. Throws `UsageError`, as all verbs do. */
export function partition(
  app: RunningApp,
  one: NodeRef,
  other: NodeRef,
): void {
  const topology = topologyOf(app);
  verbs.partition(topology.world, ...topology.ends(one, other));
}

/** Opens the way between two nodes again. */
export function repair(app: RunningApp, one: NodeRef, other: NodeRef): void {
  const topology = topologyOf(app);
  verbs.repair(topology.world, ...topology.ends(one, other));
}

/** Lets all that a node sends to another wait. */
export function hold(app: RunningApp, from: NodeRef, to: NodeRef): void {
  const topology = topologyOf(app);
  verbs.hold(topology.world, ...topology.ends(from, to));
}

/** Lets it through, in order. */
export function release(app: RunningApp, from: NodeRef, to: NodeRef): void {
  const topology = topologyOf(app);
  verbs.release(topology.world, ...topology.ends(from, to));
}

/** Takes a node's memory, its sockets, and what was not durable; it starts again at once. */
export function crash(app: RunningApp, node: NodeRef): void {
  const topology = topologyOf(app);
  verbs.crash(topology.world, topology.node(node).id);
}

/** Crashes a node, and keeps it off the network for so many milliseconds. */
export function bounce(app: RunningApp, node: NodeRef, forMs: number): void {
  const topology = topologyOf(app);
  verbs.bounce(topology.world, topology.node(node).id, forMs);
}

/** Takes the memory of a server node or the root's; with `"close"` its sockets too. */
export function evict(
  app: RunningApp,
  node: NodeRef,
  sockets: "hibernate" | "close" = "hibernate",
): void {
  const topology = topologyOf(app);
  verbs.evict(topology.world, topology.node(node).id, sockets);
}

/** Puts a node on other code: the `next` of `startApp`, unless said otherwise. */
export function deploy(
  app: RunningApp,
  node: NodeRef,
  code: Partial<Release> = { isNext: true },
): void {
  const topology = topologyOf(app);
  verbs.deploy(topology.world, topology.node(node).id, code);
}

/** Puts a node's clock off by so many milliseconds. */
export function skew(app: RunningApp, node: NodeRef, ms: number): void {
  const topology = topologyOf(app);
  verbs.skew(topology.world, topology.node(node).id, ms);
}
