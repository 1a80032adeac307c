/**
 * Faults of stores.
 *
 * @module
 */

import type { Random } from "../random.ts";
import type { Cast, Drawn, Fault } from "./fault.ts";

function drawClient(random: Random, { clients }: Cast): Drawn {
  return { node: random.pick(clients), forMs: 1 + random.below(10_000) };
}

/** A device that dies loses what its store had taken last. */
export const tornWrite: Fault = {
  name: "torn-write",
  weather: (random) => ({ tornWrite: random.next() }),
};

/** The store of an object refuses a transaction. */
export const failedWrite: Fault = {
  name: "failed-write",
  weather: (random) => ({ failedWrite: random.next() * 0.05 }),
};

/** A device's store is full: it goes on in memory, until it is started again. */
export const quota: Fault = {
  name: "quota",
  most: 2,
  draw: drawClient,
  strike: (world, { node }) => world.clients.get(node)?.host.disk.fill(),
};

/** A browser clears what it stored for a page. */
export const storageEvicted: Fault = {
  name: "storage-evicted",
  most: 1,
  draw: drawClient,
  strike(world, { node }) {
    const client = world.clients.get(node);
    if (!client) return;
    client.host.disk.replace([]);
    world.forgot(node);
    world.power.restart(node);
  },
};

/** A device is put back to what was stored a while ago. */
export const storageOldCopy: Fault = {
  name: "storage-old-copy",
  most: 1,
  draw: drawClient,
  strike(world, { node, forMs }) {
    const client = world.clients.get(node);
    if (!client) return;
    const copy = client.host.disk.read();
    world.agenda.at(world.agenda.nowMs + (forMs ?? 0), () => {
      client.host.disk.replace(copy);
      world.forgot(node);
      world.power.restart(node);
    });
  },
};

/** A device is copied, with all that it has stored. */
export const duplicatedStore: Fault = {
  name: "duplicated-store",
  most: 1,
  draw: (random, { clients }) => ({ node: random.pick(clients) }),
  strike(world, { node }) {
    const client = world.clients.get(node);
    const copy = `${node}'`;
    if (!client || world.clients.has(copy)) return;
    const { zone, claims, home, host } = client;
    world.addClient(copy, zone, claims, home, host.disk.read());
  },
};
