/**
 * What the runs have tried, in words: how long they were, where nodes died and
 * where they never did.
 *
 * @module
 */

import type { Coverage } from "../coverage.ts";
import type { Totals } from "./run_seeds.ts";

/** So many points with no death are named where not all are listed. */
const NAMED_MAX = 6;

/** One line at most; or, where `all` are asked for, one for each point too, and how long the runs were. */
export function coverageLines(totals: Totals, all: boolean): string[] {
  const { died, seeds, events, eventsLeast, longSeeds } = totals;
  const points = died.fewest();
  const deaths = points.reduce((sum, [, passed]) => sum + passed.deaths, 0);
  if (!all) return deaths === 0 ? [] : [sumOf(died, deaths)];
  return [
    ...points.map(([point, { times, deaths }]) =>
      `${String(deaths).padStart(9)} of ${String(times).padStart(10)}  ${point}`
    ),
    sumOf(died, deaths),
    `events a seed: ${eventsLeast} at least, ${
      Math.round(events / Math.max(seeds, 1))
    } in the mean; ${longSeeds} of ${seeds} seeds had 1000 or more`,
  ];
}

function sumOf(died: Coverage, deaths: number): string {
  const points = died.fewest();
  const never = points.filter(([, passed]) => passed.deaths === 0)
    .map(([point]) => point);
  const names = never.slice(0, NAMED_MAX).join(", ") +
    (never.length > NAMED_MAX ? ", …" : "");
  return `nodes died ${deaths} times, at ` +
    `${points.length - never.length} of ${points.length} points` +
    (never.length > 0 ? `; never: ${names}` : "");
}
