/**
 * Faults of a browser whose tabs share a store.
 *
 * @module
 */

import type { Fault } from "./fault.ts";

/** A tab is duplicated: both are at work for a while, or to the end of the storm. */
export const duplicatedTab: Fault = {
  name: "duplicated-tab",
  most: 2,
  draw: (random, { clients }) => ({
    node: random.pick(clients),
    ...random.chance(0.5) ? { forMs: random.below(15_000) } : {},
    byMs: random.chance(0.5) ? random.below(4_000) : 0,
  }),
  strike(world, { node, forMs, byMs }) {
    const client = world.clients.get(node);
    if (!client?.isOn) return;
    const { agenda } = world;
    const tab = world.openTab(client);
    // The first one stands in the background, and misses what it is told there.
    if (byMs) {
      client.isAsleep = true;
      agenda.at(agenda.nowMs + byMs, () => {
        if (client.isOn) client.wake();
      });
    }
    // One that is not closed stays to the end.
    if (forMs !== undefined) {
      agenda.at(agenda.nowMs + forMs, () => {
        if (world.clients.has(tab.name)) world.remove(tab.name);
      });
    }
  },
};
