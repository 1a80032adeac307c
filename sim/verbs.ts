/**
 * What a script can do to a world, by the names of its nodes.
 *
 * @module
 */

import { refuse } from "../shared/protocol/fault_error.ts";
import type { Release, World } from "./world.ts";

/** Everybody in a world. */
export function namesOf(world: World): string[] {
  const { master, servers, clients } = world;
  return [master.name, ...servers.keys(), ...clients.keys()];
}

/** The name, if a node has it. Throws `FaultError`. */
export function known(world: World, name: string): string {
  const names = namesOf(world);
  if (names.includes(name)) return name;
  return refuse("unknown-path", "node", name, `one of ${names.join(", ")}`);
}

/** Cuts the way from one node to another, and back unless only `oneWay`. */
export function partition(
  world: World,
  from: string,
  to: string,
  oneWay = false,
): void {
  const { wires } = world.network;
  wires.cut(known(world, from), known(world, to));
  if (!oneWay) wires.cut(to, from);
}

/** Opens the ways between two nodes again. */
export function repair(world: World, one: string, other: string): void {
  const { wires } = world.network;
  wires.repair(known(world, one), known(world, other));
  wires.repair(other, one);
}

/** Takes a node off the network: its sockets end, and it reaches nobody. */
export function isolate(world: World, name: string): void {
  for (const other of namesOf(world)) {
    if (other !== name) partition(world, name, other);
  }
  world.network.sockets.cutOf(name);
}

/** Puts a node back on the network. */
export function rejoin(world: World, name: string): void {
  for (const other of namesOf(world)) {
    if (other !== name) repair(world, name, other);
  }
}

/** Lets all that a node sends to another wait. */
export function hold(world: World, from: string, to: string): void {
  world.network.wires.hold(known(world, from), known(world, to));
}

/** Lets it through, in order. */
export function release(world: World, from: string, to: string): void {
  world.network.wires.release(known(world, from), known(world, to));
}

/** Takes a node's memory and what was not durable; it starts again at once. */
export function crash(world: World, name: string): void {
  world.crash(known(world, name));
}

/** Switches a node off for a while, and on again. */
export function bounce(world: World, name: string, forMs: number): void {
  isolate(world, known(world, name));
  world.crash(name);
  world.agenda.at(world.agenda.nowMs + forMs, () => rejoin(world, name), true);
}

/** Takes an object's memory; with `sockets: "close"` its sockets too. */
export function evict(
  world: World,
  name: string,
  sockets: "hibernate" | "close" = "hibernate",
): void {
  known(world, name);
  if (sockets === "close") world.crash(name);
  else world.hibernate(name);
}

/** Puts a node on other code. */
export function deploy(
  world: World,
  name: string,
  code: Partial<Release>,
): void {
  world.deploy(known(world, name), { ...world.releaseOf(name), ...code });
}

/** Puts a node's clock off by so many milliseconds. */
export function skew(world: World, name: string, ms: number): void {
  world.hostOf(known(world, name)).skewMs = ms;
}
