/**
 * Faults of the way between two nodes.
 *
 * @module
 */

import type { Random } from "../random.ts";
import type { World } from "../world.ts";
import type { Cast, Drawn, Fault } from "./fault.ts";

const FOR_MS_MAX = 8_000;

function drawPair(random: Random, { pairs }: Cast): Drawn {
  const [above, below] = random.pick(pairs);
  const [node, other] = random.chance(0.5) ? [above, below] : [below, above];
  return { node, other, forMs: 1 + random.below(FOR_MS_MAX) };
}

function laterIn(world: World, forMs: number | undefined, run: () => void) {
  world.agenda.at(world.agenda.nowMs + (forMs ?? 0), run);
}

/** Messages take their time. */
export const delay: Fault = {
  name: "delay",
  weather: (random) => ({ delayMsMax: 20 + random.below(400) }),
};

/** Calls overtake one another. */
export const reorder: Fault = {
  name: "reorder",
  weather: (random) => ({ reorder: random.next() * 0.3 }),
};

/** Messages come twice. */
export const duplicate: Fault = {
  name: "duplicate",
  weather: (random) => ({ duplicate: random.next() * 0.3 }),
};

/** Messages are lost. */
export const drop: Fault = {
  name: "drop",
  weather: (random) => ({ drop: random.next() * 0.1 }),
};

/** Two nodes cannot reach one another for a while. */
export const partition: Fault = {
  name: "partition",
  most: 3,
  draw: drawPair,
  strike(world, { node, other, forMs }) {
    const { wires } = world.network;
    wires.cut(node, other!);
    wires.cut(other!, node);
    laterIn(world, forMs, () => {
      wires.repair(node, other!);
      wires.repair(other!, node);
    });
  },
};

/** One node cannot reach another, which can reach it. */
export const oneWay: Fault = {
  name: "one-way",
  most: 3,
  draw: drawPair,
  strike(world, { node, other, forMs }) {
    const { wires } = world.network;
    wires.cut(node, other!);
    laterIn(world, forMs, () => wires.repair(node, other!));
  },
};

/** All sockets of a client end, and it is told so. */
export const cut: Fault = {
  name: "cut",
  ofOneTab: true,
  most: 6,
  draw: (random, { clients }) => ({ node: random.pick(clients) }),
  strike: (world, { node }) => world.network.sockets.cutOf(node),
};

/** What is sent to a node waits, and then comes all at once. */
export const slowConsumer: Fault = {
  name: "slow-consumer",
  most: 2,
  draw: drawPair,
  strike(world, { node, other, forMs }) {
    const { wires } = world.network;
    wires.hold(node, other!);
    laterIn(world, forMs, () => wires.release(node, other!));
  },
};

/** A socket stays open at one end, and says nothing any more: longer than a heartbeat. */
export const halfOpen: Fault = {
  name: "half-open",
  most: 2,
  draw: (random, cast) => ({
    ...drawPair(random, cast),
    forMs: 20_000 + random.below(40_000),
  }),
  strike(world, { node, other, forMs }) {
    const { wires } = world.network;
    wires.cut(node, other!);
    laterIn(world, forMs, () => wires.repair(node, other!));
  },
};
