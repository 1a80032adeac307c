/**
 * Who takes part in a world, as the network and the faults know it.
 *
 * @module
 */

import type { App } from "../shared/spec/app.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { Client } from "./client.ts";
import type { MasterHost, ServerHost } from "./hosts.ts";
import type { Random } from "./random.ts";
import type { Weather } from "./weather.ts";

/** A node of a zone between. */
export interface ServerMember {
  /** The node. */
  readonly host: ServerHost;
  /** The zone it is of. */
  readonly zone: string;
  /** The node that it takes its rows from; `""` for none. */
  parent: string;
}

/** The members of a world, its time and its chance. */
export interface Roster {
  /** The app that runs. */
  readonly app: App;
  /** The virtual time, and what is to happen. */
  readonly agenda: Agenda;
  /** All chance. */
  readonly chance: Chance;
  /** What goes wrong. */
  readonly weather: Weather;
  /** The root zone's node. */
  readonly master: MasterHost;
  /** The nodes between, by name. */
  readonly servers: ReadonlyMap<string, ServerMember>;
  /** The clients, by name. */
  readonly clients: ReadonlyMap<string, Client>;
  /** Which version of the protocol a node speaks: 0 for the shipped one. */
  protocolOf(name: string): number;
}

/** The chance of the way from one node to another. */
export function wayOf({ chance }: Roster, from: string, to: string): Random {
  return chance.at(`${from} to ${to}`);
}

/** How long a message is under way. */
export function delayOf({ weather }: Roster, way: Random): number {
  return way.below(weather.delayMsMax + 1);
}

/** How often a message arrives. */
export function copiesOf({ weather }: Roster, way: Random): number {
  if (way.chance(weather.drop)) return 0;
  return way.chance(weather.duplicate) ? 2 : 1;
}

/** Does something later, unless the node has died by then. */
export function later(
  { agenda }: Roster,
  host: { readonly life: number },
  delayMs: number,
  run: () => void,
): void {
  const { life } = host;
  agenda.at(agenda.nowMs + delayMs, () => {
    if (life === host.life) run();
  });
}

/** The zone whose nodes hold the sockets of a client zone: one without a name right below the root. */
export function servingZone(app: App, zone: string): string {
  const { parent } = app.zones.get(zone)!;
  return parent === app.root ? "" : parent!;
}

/** The zones of all nodes between, in the order in which they start. */
export function serverZones(app: App): string[] {
  const zones = [...app.zones.values()];
  const needsNameless = zones.some(({ role, name }) =>
    role === "client" && servingZone(app, name) === ""
  );
  const named = zones.filter(({ role }) => role === "server")
    .map(({ name }) => name);
  return needsNameless || named.length === 0 ? [...named, ""] : named;
}
