/**
 * Faults of clocks.
 *
 * @module
 */

import type { Random } from "../random.ts";
import type { Cast, Drawn, Fault } from "./fault.ts";

const HOUR_MS = 3_600_000;
const YEARS_50_MS = 50 * 365.25 * 24 * HOUR_MS;

function drawNode(random: Random, { clients, servers, master }: Cast): string {
  return random.pick([...clients, ...clients, ...servers, master]);
}

/** Clocks of devices differ from the first. */
export const skew: Fault = {
  name: "skew",
  weather: (random) => ({ skewMsMax: random.below(2 * HOUR_MS) }),
};

/** A clock jumps, back or forth. */
export const clockJump: Fault = {
  name: "clock-jump",
  most: 4,
  draw: (random, cast): Drawn => ({
    node: drawNode(random, cast),
    byMs: Math.round((random.next() - 0.5) * 4 * HOUR_MS),
  }),
  strike(world, { node, byMs }) {
    for (const host of world.hostsOf(node)) host.skewMs += byMs ?? 0;
  },
};

/** A clock stands still for a while. */
export const clockFreeze: Fault = {
  name: "clock-freeze",
  most: 2,
  draw: (random, cast): Drawn => ({
    node: drawNode(random, cast),
    forMs: 1 + random.below(10_000),
  }),
  strike(world, { node, forMs }) {
    for (const host of world.hostsOf(node)) host.frozenMs = host.nowMs;
    world.agenda.at(world.agenda.nowMs + (forMs ?? 0), () => {
      for (const host of world.hostsOf(node)) host.frozenMs = null;
    });
  },
};

/** A device is half a century off, until somebody sets it right. */
export const farFuture: Fault = {
  name: "far-future",
  most: 1,
  draw: (random, { clients }): Drawn => ({
    node: random.pick(clients),
    byMs: Math.round((random.chance(0.5) ? 1 : -1) * YEARS_50_MS),
    forMs: random.below(30_000),
  }),
  strike(world, { node, byMs, forMs }) {
    const host = world.hostOf(node);
    // No stamp can carry twice as far.
    if (Math.abs(host.skewMs) > YEARS_50_MS / 2) return;
    const jump = (ms: number) => {
      for (const each of world.hostsOf(node)) each.skewMs += ms;
    };
    jump(byMs ?? 0);
    const { agenda } = world;
    agenda.at(agenda.nowMs + (forMs ?? 0), () => jump(-(byMs ?? 0)));
  },
};
