/**
 * An operator puts the master back to what it was a while ago: the one thing
 * that may lose what was acknowledged, and therefore a new history.
 *
 * @module
 */

import type { Fault } from "./fault.ts";

/** The master is restored to an earlier point. */
export const masterRestored: Fault = {
  name: "master-restored",
  most: 1,
  draw: (random, { master }) => ({
    node: master,
    forMs: 1 + random.below(8_000),
  }),
  strike(world, { forMs }) {
    const copy = world.master.disk.read();
    world.agenda.at(world.agenda.nowMs + (forMs ?? 0), () => {
      world.master.disk.replace(copy);
      world.crash(world.master.name);
      world.restored();
      // It may die of it: then the operator says it again.
      while (world.master.run({ type: "restored" }) === null);
    });
  },
};
