/**
 * Faults that take a node's memory.
 *
 * @module
 */

import type { Fault } from "./fault.ts";

/** A node dies between two steps, and is started again. */
export const crash: Fault = {
  name: "crash",
  ofOneTab: true,
  most: 8,
  draw: (random, { clients, servers, master }) => ({
    node: random.pick([...clients, ...servers, master, master]),
  }),
  strike: (world, { node }) => world.crash(node),
};

/** Nodes die within a step: after any of its writes, before any of its messages. */
export const crashWithin: Fault = {
  name: "crash-within",
  weather: (random) => ({ crashWithin: random.next() * 0.02 }),
};

/** A node dies within a step, when it has passed so many points: how a death of the weather's is written down. */
export const diesWithin: Fault = {
  name: "dies-within",
  strike: (world, { node, point }) => world.deaths.doom(node, point ?? 0),
};

/** An object sleeps: its memory goes, its sockets stay. */
export const hibernate: Fault = {
  name: "hibernate",
  most: 8,
  draw: (random, { servers, master }) => ({
    node: random.pick([...servers, master]),
  }),
  strike: (world, { node }) => world.hibernate(node),
};

/** A device is switched off for a while. */
export const switchedOff: Fault = {
  name: "switched-off",
  most: 2,
  draw: (random, { clients }) => ({
    node: random.pick(clients),
    forMs: 1 + random.below(15_000),
  }),
  strike(world, { node, forMs }) {
    const tabs = world.power.deviceOff(node)
      .map((tab) => ({ tab, life: tab.host.life }));
    world.agenda.at(world.agenda.nowMs + (forMs ?? 0), () => {
      for (const { tab, life } of tabs) {
        if (tab.host.life === life && !tab.isOn) tab.start();
      }
    });
  },
};
