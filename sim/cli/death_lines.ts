/**
 * Where nodes died, in words: how much of a node's life the crashes have tried,
 * and what they never did.
 *
 * @module
 */

import type { Coverage } from "../coverage.ts";

/** So many points with no death are named where not all are listed. */
const NAMED_MAX = 6;

/** One line in all; or, where `all` are asked for, one more for each point. */
export function deathLines(died: Coverage, all: boolean): string[] {
  const points = died.fewest();
  const deaths = points.reduce((sum, [, passed]) => sum + passed.deaths, 0);
  if (deaths === 0 && !all) return [];
  const never = points.filter(([, passed]) => passed.deaths === 0)
    .map(([point]) => point);
  const names = never.slice(0, NAMED_MAX).join(", ") +
    (never.length > NAMED_MAX ? ", …" : "");
  const sum = `nodes died ${deaths} times, at ` +
    `${points.length - never.length} of ${points.length} points` +
    (never.length > 0 ? `; never: ${names}` : "");
  if (!all) return [sum];
  return [
    ...points.map(([point, { times, deaths }]) =>
      `${String(deaths).padStart(9)} of ${String(times).padStart(10)}  ${point}`
    ),
    sum,
  ];
}
