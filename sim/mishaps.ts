/**
 * Cuts, crashes and hibernations, spread over a run by the seed.
 *
 * @module
 */

import type { World } from "./world.ts";

/** Puts mishaps on the agenda until a time; each heals by itself. */
export function scheduleMishaps(world: World, untilMs: number): void {
  const { agenda, random, faults } = world;
  if (faults.mishapsPerSecond <= 0) return;
  const gapMs = 1_000 / faults.mishapsPerSecond;
  let atMs = agenda.nowMs;
  for (;;) {
    atMs += Math.ceil(random.next() * 2 * gapMs);
    if (atMs >= untilMs) return;
    agenda.at(atMs, () => mishap(world));
  }
}

function mishap(world: World): void {
  const { random, network, agenda } = world;
  const servers = [...world.servers.keys()];
  const clients = [...world.clients.keys()];
  if (clients.length === 0) return;
  switch (random.below(6)) {
    case 0:
      return world.crash(world.master.name);
    case 1:
      return world.crash(random.pick(servers));
    case 2:
      return world.hibernate(random.pick(servers));
    case 3:
      return world.crash(random.pick(clients));
    case 4: {
      const sockets = network.open();
      if (sockets.length > 0) network.cutSocket(random.pick(sockets));
      return;
    }
    case 5: {
      const client = random.pick(clients);
      network.setReachable(client, false);
      agenda.at(
        agenda.nowMs + random.below(8_000),
        () => network.setReachable(client, true),
      );
    }
  }
}
