/**
 * An app, started: the source document's own view of a running topology, over
 * the memory world.
 *
 * @module
 */

import type { Mutator } from "../shared/node/client/transaction.ts";
import { refuse } from "../shared/protocol/fault_error.ts";
import type { AppSpec, ZoneName } from "../shared/spec/app_spec.ts";
import { parseAppSpec } from "../shared/spec/parse.ts";
import type { Connection } from "./connection.ts";
import { operate } from "./operate.ts";
import type { MemberNode } from "./running_node.ts";
import { Topology } from "./topology.ts";
import { assertWhole, UsageError } from "./usage_error.ts";
import { CALM } from "./weather.ts";
import { World } from "./world.ts";
import { worldDigest } from "./world_digest.ts";

/** How an app is started. */
export interface StartOptions {
  /** Where all chance comes from; 1 unless said otherwise. */
  readonly seed?: number;
  /** How many nodes each zone has but the root; 2 unless said otherwise. */
  readonly nodes?: number;
  /** The version of the app that `deploy` brings. */
  readonly next?: AppSpec;
}

/** A running topology, as it is whenever it is looked at. */
export interface RunningApp {
  /** The nodes of each zone, in the order in which they joined. */
  readonly zones: { readonly [zoneName: ZoneName]: readonly MemberNode[] };
  /** One for each two nodes that talk to each other, whoever dials whom. */
  readonly connections: readonly Connection[];
}

/** What runs each app. */
const topologies = new WeakMap<RunningApp, Topology>();

/** What runs an app. Throws `UsageError`. */
export function topologyOf(app: RunningApp): Topology {
  const topology = topologies.get(app);
  if (topology) return topology;
  const wanted = "what startApp gave";
  throw new UsageError("not-started", "app", "another object", wanted);
}

/**
 * Starts one node of the root zone and some of each other, each connected to one
 * node of the zone above it, chosen in turn; client `i` has the claims
 * `{ sub: "user-i", user_id: "user-i" }`. Throws `SpecError` for a bad spec, and
 * `UsageError` for options that make no sense.
 *
 * ```ts
 * import { runFor, startApp } from "@zonekit/sim";
 *
 * const app = startApp({
 *   zones: {
 *     db: { notes: { crdtType: "LWWMap", valueType: "string", init: () => new Map() } },
 *     client: {},
 *   },
 *   channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
 * });
 * console.assert(app.zones.client!.length === 2);
 * app.connections[0]!.latency = 200; // from now on, in both directions
 * app.connections[1]!.isActive = false; // what is sent there is lost
 * runFor(app, 1_000);
 * ```
 */
export function startApp(
  spec: AppSpec,
  options: StartOptions = {},
): RunningApp {
  const { seed = 1, nodes: count = 2, next } = options;
  assertWhole("seed", seed, 0);
  assertWhole("nodes", count, 1);
  const parsed = parseAppSpec(spec);
  const topology = new Topology(
    new World(parsed, {
      seed,
      servers: count,
      observeServers: true,
      // A connection's latency is all that a message takes.
      weather: { ...CALM, delayMsMax: 0 },
      ...next ? { next: parseAppSpec(next) } : {},
    }),
  );
  for (const { name: zone, role, parent } of parsed.zones.values()) {
    if (role !== "client") continue;
    const above = topology.nodesOf(parent!);
    for (let i = 0; i < count; i++) {
      const user = `user-${i}`;
      const claims = { sub: user, user_id: user };
      const node = topology.addClient(`${zone}-${i}`, zone, claims);
      topology.connect(above[i % above.length]!, node, "websocket");
    }
  }
  const app = viewOf(topology);
  topologies.set(app, topology);
  return app;
}

/** What is seen of a topology, read anew each time. */
function viewOf(topology: Topology): RunningApp {
  const zones: { [zoneName: ZoneName]: readonly MemberNode[] } = {};
  for (const zone of topology.world.app.zones.keys()) {
    const get = () => topology.nodesOf(zone);
    Object.defineProperty(zones, zone, { enumerable: true, get });
  }
  return {
    zones,
    get connections() {
      return topology.connections;
    },
  };
}

/** Runs one event of the app; says whether there was one. */
export function tick(app: RunningApp): boolean {
  return topologyOf(app).world.agenda.step();
}

/** Lets so many milliseconds of virtual time pass. */
export function runFor(app: RunningApp, ms: number): void {
  topologyOf(app).world.runFor(ms);
}

/**
 * Lets all happen that is under way: messages, dials, and what stores are
 * writing. What waits for its time does not keep it from ending: a heartbeat, a
 * retry, a node that is bounced; nor does what a `hold` keeps.
 */
export function settle(app: RunningApp): void {
  const { agenda } = topologyOf(app).world;
  while (agenda.isBusy) agenda.step();
}

/** The virtual time of the app, in milliseconds since 1970. */
export function nowMs(app: RunningApp): number {
  return topologyOf(app).world.agenda.nowMs;
}

/** What the root and all clients hold and when, in 16 hex digits: two runs of a seed give the same. */
export function digestOf(app: RunningApp): string {
  return worldDigest(topologyOf(app).world);
}

/**
 * Changes a var at a node: at the root as an operator, whom no rule holds, at a
 * client as its app. Throws `UsageError` for a node that is not there, and
 * `FaultError` for a path that cannot be written at it.
 */
export function injectLocalMutation(
  app: RunningApp,
  nodeId: string,
  path: string,
  fn: Mutator,
): void {
  const topology = topologyOf(app);
  const { world } = topology;
  topology.node(nodeId);
  const client = world.clients.get(nodeId);
  if (client) return void client.mutate(path, fn);
  const variable = world.app.vars.get(path);
  const isRoots = variable?.zone === world.app.root &&
    nodeId === world.master.name;
  if (!isRoots || variable.kind !== "source") {
    return refuse(
      "unknown-path",
      path,
      `no var that ${nodeId} can write`,
      "a source var of that node's zone",
    );
  }
  operate(world, variable, fn);
}
