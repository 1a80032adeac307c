/**
 * The nodes of an app as its author knows them: by their zones, each with the
 * CRDTs of its zone's vars.
 *
 * @module
 */

import type { RunningNode, Session } from "../shared/spec/app_spec.ts";
import type {
  KindOf,
  ZoneNamesOf,
  ZonesOf,
} from "../shared/spec/spec_paths.ts";
import type { CrdtAt } from "../shared/spec/spec_values.ts";
import type { Client } from "./client.ts";
import type { ServerHost } from "./hosts.ts";
import {
  masterNode,
  type MemberNode,
  nodeOfClient,
  serverNode,
} from "./running_node.ts";
import type { World } from "./world.ts";

/** The vars of a zone, each under the last segment of its path. */
export type StateOf<S, Zone extends ZoneNamesOf<S>> = string extends
  ZoneNamesOf<S> ? RunningNode["state"] : {
  readonly [
    Name in keyof ZonesOf<S>[Zone] & string as KindOf<
      ZonesOf<S>[Zone][Name]
    > extends "computation" ? never : Name
  ]: CrdtAt<S, `/${Zone}/${Name}`>;
};

/** A node of a zone of an app. */
export interface AppNode<S, Zone extends ZoneNamesOf<S>> {
  /** Its id. */
  readonly id: string;
  /** Its zone. */
  readonly zone: string;
  /** What its session says; of nobody where it is no client. */
  readonly claims: Session["claims"];
  /** Its vars as they are now. */
  readonly state: StateOf<S, Zone>;
}

/** The nodes that run, by zone: who is switched off or has no memory is left out. */
export type AppNodes<S> = {
  readonly [Zone in ZoneNamesOf<S>]: readonly AppNode<S, Zone>[];
};

const shown = new WeakMap<World, NodesByZone>();

/** Nodes by the names of their zones. */
interface NodesByZone {
  readonly [zone: string]: readonly MemberNode[];
}

/** The nodes of a world, looked up anew at each look; the caller knows its app. */
export function nodesOf<S>(world: World): AppNodes<S>;
export function nodesOf(world: World): NodesByZone {
  const known = shown.get(world);
  if (known) return known;
  const nodes: NodesByZone = {};
  const clients = new Map<Client, MemberNode>();
  const servers = new Map<ServerHost, MemberNode>();
  const root = [masterNode(world)];
  for (const { name, role } of world.app.zones.values()) {
    const get = () => {
      if (role === "master") return root;
      return role === "client"
        ? [...world.clients.values()]
          .filter((client) => client.isOn && client.zone === name)
          .map((client) =>
            once(clients, client, () => nodeOfClient(world, client))
          )
        : [...world.servers.values()]
          .filter(({ host, zone }) => host.state && zone === name)
          .map(({ host }) =>
            once(servers, host, () => serverNode(world, host, name))
          );
    };
    Object.defineProperty(nodes, name, { enumerable: true, get });
  }
  shown.set(world, nodes);
  return nodes;
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
