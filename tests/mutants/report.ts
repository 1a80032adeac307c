/**
 * What a hunt says of the checkers' power, for people and for programs.
 *
 * @module
 */

import type { Bag, Hunted } from "./hunter.ts";
import type { LawHunted } from "./law_hunter.ts";

/** One line of a bug that came in. */
export function lineOf({ plant, caught, otherwise, hung }: Hunted): string {
  const name = plant.scenario
    ? `${plant.name} [${plant.scenario}]`
    : plant.name;
  if (hung) return `HUNG       ${name}`;
  if (!caught) return `ESCAPED    ${name}`;
  const seeds = `${caught.seeds}`.padStart(4);
  const { small } = caught;
  const size = small
    ? `, ${small.happenings} of ${small.of} events left after ${
      (small.ms / 1_000).toFixed(1)
    } s`
    : "";
  const line = `${seeds} seeds ${name}: "${caught.promise}"${size}`;
  if (otherwise) return `${line}, also "${otherwise.promise}"`;
  return plant.alone ? `${line} alone` : line;
}

/** How many seeds it takes in the middle; `null` when nothing was caught. */
export function medianSeeds(hunted: readonly Hunted[]): number | null {
  const seeds = hunted.map(({ caught }) => caught?.seeds ?? Infinity)
    .sort((a, b) => a - b);
  return seeds[Math.floor((seeds.length - 1) / 2)] ?? null;
}

/** The bugs that nobody sees but who looks after one promise, by promise. */
export function onlyBy({ hunted, promises }: Bag): Map<string, string[]> {
  return new Map([...promises].map((promise) => [
    promise,
    hunted.filter(({ plant, caught, otherwise }) =>
      plant.alone && caught?.promise === promise && otherwise === null
    ).map(({ plant }) => plant.name),
  ]));
}

/** The last words to people. */
export function summaryOf(bag: Bag): string {
  const { hunted, broken } = bag;
  const caught = hunted.filter((one) => one.caught).length;
  const lines = [
    `${caught} of ${hunted.length} caught, median ${medianSeeds(hunted)} seeds`,
  ];
  const small = hunted.flatMap(({ caught }) => caught?.small ?? []);
  if (small.length > 0) {
    const sizes = small.map(({ happenings }) => happenings)
      .sort((a, b) => a - b);
    const median = sizes[(sizes.length - 1) >> 1];
    const longest = Math.max(...small.map(({ ms }) => ms)) / 1_000;
    lines.push(
      `made small: ${median} events in the middle, ${sizes.at(-1)} at most, ` +
        `${longest.toFixed(1)} s at most`,
    );
  }
  for (const [scenario, catches] of broken) {
    if (catches.length === 0) continue;
    const seeds = catches.map(({ seed }) => seed).join(" ");
    lines.push(`left out, for they break without a bug: ${scenario} ${seeds}`);
  }
  for (const [promise, names] of onlyBy(bag)) {
    lines.push(`only "${promise}": ${names.length}`);
    lines.push(...names.map((name) => `  ${name}`));
  }
  return lines.join("\n");
}

/** Whether no law and no test of the core has seen a bug. */
export function hasEscaped({ caughtBy, hung }: LawHunted): boolean {
  return caughtBy === null && !hung;
}

/** One line of a bug that the laws were to catch. */
export function lawLineOf(hunted: LawHunted): string {
  const { plant: { name }, caughtBy, hung } = hunted;
  if (hasEscaped(hunted)) return `ESCAPED    ${name}`;
  return `     laws ${name}: ${hung ? "no end" : `"${caughtBy}"`}`;
}

/** The last words to people on what the laws have caught. */
export function lawSummaryOf(hunted: readonly LawHunted[]): string {
  const caught = hunted.filter((one) => !hasEscaped(one)).length;
  return `${caught} of ${hunted.length} caught by laws and tests of the core`;
}

/** All of it for a program. */
export function jsonOf(bag: Bag, byLaws: readonly LawHunted[]): string {
  const broken = Object.fromEntries(bag.broken);
  const only = Object.fromEntries(onlyBy(bag));
  const median = medianSeeds(bag.hunted);
  const { hunted } = bag;
  return JSON.stringify({ hunted, median, only, broken, byLaws }, null, 2);
}
