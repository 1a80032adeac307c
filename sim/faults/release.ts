/**
 * Deploys: for a while, old and new stand side by side.
 *
 * @module
 */

import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";

const PROTOCOL_NEXT = 1;

/** A node runs the next version of the app; in the end all do. */
export const deploySpec: Fault = {
  name: "deploy-spec",
  ofOneTab: true,
  most: 4,
  draw: (random, { clients, servers, master, hasNext }) =>
    hasNext ? { node: random.pick([...clients, ...servers, master]) } : null,
  strike(world, { node }) {
    const { protocol } = world.releaseOf(node);
    world.deploy(node, { isNext: true, protocol });
  },
};

/** A node speaks the next version of the protocol; in the end all do. */
export const deployProtocol: Fault = {
  name: "deploy-protocol",
  ofOneTab: true,
  most: 4,
  draw: (random, { clients, servers, master }) => ({
    node: random.pick([...clients, ...servers, master]),
  }),
  strike(world, { node }) {
    const { isNext } = world.releaseOf(node);
    world.deploy(node, { isNext, protocol: PROTOCOL_NEXT });
  },
};

/** Ends a deploy: what one node runs, all run. */
export function rollOut(world: World): void {
  const names = [
    world.master.name,
    ...world.servers.keys(),
    ...world.clients.keys(),
  ];
  const releases = names.map((name) => world.releaseOf(name));
  const isNext = releases.some((release) => release.isNext);
  const protocol = Math.max(...releases.map((release) => release.protocol));
  for (const name of names) {
    const release = world.releaseOf(name);
    if (release.isNext === isNext && release.protocol === protocol) continue;
    world.deploy(name, { isNext, protocol });
  }
}
