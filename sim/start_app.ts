/**
 * An app, started: the source document's own view of a running topology, over
 * the memory world.
 *
 * @module
 */

import type { Mutator } from "../shared/node/client/transaction.ts";
import { refuse } from "../shared/protocol/fault_error.ts";
import type {
  AppSpec,
  RunningNode,
  ZoneName,
} from "../shared/spec/app_spec.ts";
import { parseAppSpec } from "../shared/spec/parse.ts";
import { operate } from "./operate.ts";
import { clientNode, masterNode, serverNode } from "./running_node.ts";
import { World } from "./world.ts";

/** How an app is started. */
export interface StartOptions {
  /** Where all chance comes from; 1 unless said otherwise. */
  readonly seed?: number;
  /** How many nodes each zone has but the root; 2 unless said otherwise. */
  readonly nodes?: number;
}

/** A running topology, zone by zone. */
export interface RunningApp {
  /** The nodes of each zone. */
  readonly zones: { readonly [zoneName: ZoneName]: readonly RunningNode[] };
}

/** What runs each app. */
const worlds = new WeakMap<RunningApp, World>();

function worldOf(app: RunningApp): World {
  const world = worlds.get(app);
  if (!world) {
    return refuse(
      "malformed",
      "app",
      "an app that was not started",
      "what startApp gave",
    );
  }
  return world;
}

/**
 * Starts one node of the root zone and some of each other; client `i` has the
 * claims `{ user_id: "user-i" }`. Throws `SpecError` for a bad spec.
 *
 * ```ts
 * import { startApp } from "@zonekit/sim";
 *
 * const app = startApp({
 *   zones: {
 *     db: { notes: { crdtType: "LWWMap", valueType: "string", init: () => new Map() } },
 *     client: {},
 *   },
 *   channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
 * });
 * console.assert(app.zones.client!.length === 2);
 * ```
 */
export function startApp(
  spec: AppSpec,
  options: StartOptions = {},
): RunningApp {
  const parsed = parseAppSpec(spec);
  const count = options.nodes ?? 2;
  const world = new World(parsed, {
    seed: options.seed ?? 1,
    servers: count,
    observeServers: true,
  });
  const zones: { [zoneName: ZoneName]: RunningNode[] } = {};
  for (const zone of parsed.zones.values()) {
    if (zone.role === "master") {
      zones[zone.name] = [masterNode(world)];
    }
    if (zone.role === "server") {
      zones[zone.name] = [...world.servers.values()]
        .filter((server) => server.zone === zone.name)
        .map((server) => serverNode(world, server.host, zone.name));
    }
    if (zone.role === "client") {
      zones[zone.name] = Array.from(
        { length: count },
        (_, i) => clientNode(world, zone.name, i, count),
      );
    }
  }
  const app = { zones };
  worlds.set(app, world);
  return app;
}

/** Runs one event of the app; says whether there was one. */
export function tick(app: RunningApp): boolean {
  return worldOf(app).agenda.step();
}

/** Lets so many milliseconds of virtual time pass. */
export function runFor(app: RunningApp, ms: number): void {
  worldOf(app).runFor(ms);
}

/**
 * Changes a var at a node: at the root as an operator, whom no rule holds, at a
 * client as its app. Throws `FaultError` for a path that cannot be written there.
 */
export function injectLocalMutation(
  app: RunningApp,
  nodeId: string,
  path: string,
  fn: Mutator,
): void {
  const world = worldOf(app);
  const client = world.clients.get(nodeId);
  if (client) return void client.mutate(path, fn);
  const variable = world.app.vars.get(path);
  if (nodeId !== world.master.name || variable?.kind !== "source") {
    return refuse(
      "unknown-path",
      path,
      `no var that ${nodeId} can write`,
      "a source var of that node's zone",
    );
  }
  operate(world, variable, fn);
}
