/**
 * Drawing a history from a seed, by a swarm: each run uses some of the faults,
 * not all (Groce et al., "Swarm testing", 2012), so that one does not hide what
 * another would show.
 *
 * @module
 */

import { PAGING } from "../shared/node/page.ts";
import type { Cast, Fault } from "./faults/fault.ts";
import { FAULTS, faultsNamed } from "./faults/faults.ts";
import type { Act, Happening, History, Strike } from "./history.ts";
import { type Random, randomOf } from "./random.ts";
import { serverZones, servingZone } from "./roster.ts";
import type { Scenario } from "./scenario.ts";
import { CALM, type Weather } from "./weather.ts";

/** For how long something is done in a storm. */
const BUSY_MS = 20_000;
/** A link is idle for long enough to be asked whether it lives. */
const LULL_MS = 30_000;
/** How long it storms, each time. */
export const STORM_MS = BUSY_MS + LULL_MS;
/** The share of runs in which nobody does anything in the middle of a storm. */
const LULLS = 0.3;
/** The share of runs in which nothing goes wrong. */
const FAIR = 0.05;

/** Draws a history of a scenario, with some of these faults, or else of its own. */
export function drawHistory(
  scenario: Scenario,
  seed: number,
  faults: readonly Fault[] = scenario.faults
    ? faultsNamed(scenario.faults)
    : FAULTS,
): History {
  const random = randomOf(seed ^ 0x5eed);
  const share = random.chance(FAIR) ? 0 : 0.15 + 0.5 * random.next();
  const drawn = faults.filter(() => random.chance(share));
  const weather: Weather = Object.assign(
    {
      ...CALM,
      delayMsMax: 5 + random.below(60),
      flushMsMax: 1 + random.below(60),
    },
    ...drawn.map((fault) => fault.weather?.(random) ?? {}),
  );
  const paging = random.chance(0.5)
    ? { rows: 1 + random.below(6), bytes: 64 + random.below(512) }
    : PAGING;
  const ending = random.pick(["rest", "sleep", "silence"] as const);
  const cast = castOf(scenario);
  const lullAtMs = random.chance(LULLS) ? random.below(BUSY_MS) : BUSY_MS;
  const when = () => {
    const atMs = random.below(BUSY_MS);
    return atMs < lullAtMs ? atMs : atMs + LULL_MS;
  };
  const happenings = [
    ...acts(scenario, random, when),
    ...drawn.flatMap((fault) => strikes(fault, cast, random, when)),
  ].sort((a, b) => a.atMs - b.atMs);
  return { seed, weather, ending, paging, happenings };
}

function acts(
  { acts: count, clients, pausesDays }: Scenario,
  random: Random,
  when: () => number,
) {
  const storms = 1 + (pausesDays?.length ?? 0);
  return Array.from({ length: count * storms }, (): Act => ({
    kind: "act",
    atMs: STORM_MS * random.below(storms) + when(),
    node: random.pick(clients).name,
    seed: random.below(2 ** 32),
  }));
}

function strikes(
  fault: Fault,
  cast: Cast,
  random: Random,
  when: () => number,
): Happening[] {
  const count = fault.draw ? 1 + random.below(fault.most ?? 1) : 0;
  return Array.from({ length: count }, (): Strike | null => {
    const drawn = fault.draw!(random, cast);
    return drawn && { kind: fault.name, atMs: when(), ...drawn };
  }).filter((strike) => strike !== null);
}

/** Who is there to be struck. */
function castOf({ app, servers: count, clients, next }: Scenario): Cast {
  const zones = serverZones(app);
  const nodesOf = (zone: string) =>
    Array.from({ length: count }, (_, i) => `space/${zone}${i}`);
  const master = app.root;
  const above = (zone: string): string[] => {
    if (app.zones.get(zone)?.role === "client") {
      return nodesOf(servingZone(app, zone));
    }
    const parent = app.zones.get(zone)?.parent ?? app.root;
    return parent === app.root ? [master] : nodesOf(parent);
  };
  const pairs = [
    ...zones.flatMap((zone) =>
      nodesOf(zone).flatMap((below) =>
        above(zone).map((up) => [up, below] as const)
      )
    ),
    ...clients.flatMap(({ name, zone }) =>
      above(zone).map((up) => [up, name] as const)
    ),
  ];
  return {
    master,
    servers: zones.flatMap(nodesOf),
    clients: clients.map(({ name }) => name),
    pairs,
    hasNext: next !== undefined,
  };
}
