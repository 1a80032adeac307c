/**
 * The nodes of a running topology as the source document shows them: with the
 * vars of their zone, read through the shipped code.
 *
 * @module
 */

import type { RowSource } from "../shared/crdt/contract.ts";
import { HybridClock } from "../shared/crdt/hlc.ts";
import type { Place } from "../shared/node/evaluate.ts";
import { noRows } from "../shared/node/map_rows.ts";
import { placeAt as masterPlace } from "../shared/node/master/place.ts";
import { newMaster } from "../shared/node/master/step.ts";
import { NotHeld } from "../shared/node/not_held.ts";
import type { Surroundings } from "../shared/node/outcome.ts";
import { ReadLog } from "../shared/node/read_log.ts";
import { placeAt as serverPlace } from "../shared/node/server/place.ts";
import { newServer } from "../shared/node/server/step.ts";
import { WHOLE } from "../shared/node/var_rows.ts";
import type { Var } from "../shared/spec/app.ts";
import type { RunningNode } from "../shared/spec/app_spec.ts";
import type { MasterHost, ServerHost } from "./hosts.ts";
import type { World } from "./world.ts";

/** A client's node: client `i` has the claims `{ user_id: "user-i" }`. */
export function clientNode(
  world: World,
  zone: string,
  i: number,
  count: number,
): RunningNode {
  const parent = world.app.zones.get(zone)!.parent!;
  const above = parent === world.app.root ? "" : parent;
  const name = `${zone}-${i}`;
  const client = world.addClient(
    name,
    zone,
    { user_id: `user-${i}` },
    `space/${above}${i % count}`,
  );
  const state: RunningNode["state"] = {};
  for (const variable of world.app.zones.get(zone)!.vars) {
    const get = () => client.get(variable.path);
    Object.defineProperty(state, variable.name, { enumerable: true, get });
  }
  return {
    id: name,
    zone,
    state,
    getTimestamp: () => client.host.state!.clock.now(),
  };
}

/** A node of the root, or between: its vars as its own computations see them. */
function nodeOf(
  world: World,
  host: MasterHost | ServerHost,
  zone: string,
  placeOf: () => Place,
): RunningNode {
  const clock = new HybridClock(() => host.nowMs);
  const state: RunningNode["state"] = {};
  for (const variable of world.app.zones.get(zone)!.vars) {
    const get = () =>
      variable.crdt.fold(host.name, clock, rowsAt(placeOf(), variable));
    Object.defineProperty(state, variable.name, { enumerable: true, get });
  }
  return { id: host.name, zone, state, getTimestamp: () => clock.now() };
}

function rowsAt(place: Place, variable: Var): RowSource<unknown> {
  try {
    return place.rowsOf(variable, new ReadLog());
  } catch (error) {
    if (error instanceof NotHeld) return noRows(variable.crdt);
    throw error;
  }
}

/** The root zone's node. */
export function masterNode(world: World): RunningNode {
  const { master, app } = world;
  return nodeOf(world, master, app.root, () => {
    const state = master.state ?? newMaster(app);
    const around = aroundOf(world, master);
    const { counts } = state.ring;
    return masterPlace(state, around, master.rows, counts, master.name, []);
  });
}

/** A node of a zone between. */
export function serverNode(
  world: World,
  host: ServerHost,
  zone: string,
): RunningNode {
  return nodeOf(world, host, zone, () => {
    const state = host.state ?? newServer(world.app, zone, host.name, "");
    const sight = { state, around: aroundOf(world, host), rows: host.rows };
    const options = { rangesOf: () => [WHOLE], lastStamp: 0 };
    return serverPlace(sight, host.name, [], options);
  });
}

function aroundOf(world: World, host: MasterHost | ServerHost): Surroundings {
  const { rows, nowMs } = host;
  return { rows, nowMs, random: () => world.chance.at(host.name).next() };
}
