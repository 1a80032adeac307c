/**
 * The nodes of a running topology as the source document shows them: with the
 * vars of their zone, read through the shipped code.
 *
 * @module
 */

import type { RowSource } from "../shared/crdt/contract.ts";
import { HybridClock } from "../shared/crdt/hlc.ts";
import type { ClientState } from "../shared/node/client/state.ts";
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
import type { RunningNode, Session } from "../shared/spec/app_spec.ts";
import type { Client } from "./client.ts";
import type { MasterHost, ServerHost } from "./hosts.ts";
import { UsageError } from "./usage_error.ts";
import type { World } from "./world.ts";

/** A node, and for whom it is there. */
export interface MemberNode extends RunningNode {
  /** What its session says; of nobody where it is no client. */
  readonly claims: Session["claims"];
}

/** Starts a client that is connected to nobody, and shows its node. */
export function clientNode(
  world: World,
  id: string,
  zone: string,
  claims: unknown,
): MemberNode {
  return nodeOfClient(world, world.addClient(id, zone, claims, ""));
}

/** The node of a client that runs. */
export function nodeOfClient(world: World, client: Client): MemberNode {
  const { name: id, zone, claims } = client;
  const state: RunningNode["state"] = {};
  for (const variable of world.app.zones.get(zone)!.vars) {
    const get = () => stateOf(client) && client.get(variable.path);
    Object.defineProperty(state, variable.name, { enumerable: true, get });
  }
  const getTimestamp = () => stateOf(client).clock.now();
  return { id, zone, claims, state, getTimestamp };
}

function stateOf({ name, host }: Client): ClientState {
  if (host.state) return host.state;
  const wanted = "one that runs";
  throw new UsageError("unknown-node", "node", `"${name}", gone`, wanted);
}

/** A node of the root, or between: its vars as its own computations see them. */
function nodeOf(
  world: World,
  host: MasterHost | ServerHost,
  zone: string,
  placeOf: () => Place,
): MemberNode {
  const clock = new HybridClock(() => host.nowMs);
  const state: RunningNode["state"] = {};
  for (const variable of world.app.zones.get(zone)!.vars) {
    const get = () =>
      variable.crdt.fold(host.name, clock, rowsAt(placeOf(), variable));
    Object.defineProperty(state, variable.name, { enumerable: true, get });
  }
  const getTimestamp = () => clock.now();
  return { id: host.name, zone, claims: {}, state, getTimestamp };
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
export function masterNode(world: World): MemberNode {
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
): MemberNode {
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
