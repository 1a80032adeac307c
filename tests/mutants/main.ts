/**
 * Plants bugs in copies of the shipped code, and hunts each: with seeds of the
 * memory world, or by the laws where it stands in a type, the clock or the codec.
 * `deno task mutants [--only TEXT] [--seeds N] [--quick] [--shrink] [--json]`. With
 * `--quick` it is asked of none who else would have seen it; with `--shrink` what
 * caught it is made small. Exits 1 when a bug escapes, or when all were hunted and
 * a checker has none that only it sees.
 *
 * @module
 */

import { huntAll } from "./hunter.ts";
import { huntByLaws } from "./law_hunter.ts";
import { LAW_MUTANTS } from "./law_mutants.ts";
import { MUTANTS } from "./mutants.ts";
import type { LawPlant } from "./plant.ts";
import {
  hasEscaped,
  jsonOf,
  lawLineOf,
  lawSummaryOf,
  lineOf,
  onlyBy,
  summaryOf,
} from "./report.ts";

const SEEDS_MAX = 250;
const SEEDS_MORE = 50;
const USAGE =
  "usage: deno task mutants [--only TEXT] [--seeds N] [--quick] [--shrink] [--json]";

/** The value behind a flag. */
function optionOf(args: readonly string[], flag: string): string | undefined {
  const at = args.indexOf(flag);
  return at < 0 ? undefined : args[at + 1];
}

async function main(args: readonly string[]): Promise<number> {
  const only = optionOf(args, "--only") ?? "";
  const seedsMax = Number(optionOf(args, "--seeds") ?? SEEDS_MAX);
  const isWanted = ({ name, file }: LawPlant) =>
    name.includes(only) || file.includes(only);
  const plants = MUTANTS.filter(isWanted);
  const lawPlants = LAW_MUTANTS.filter(isWanted);
  const total = plants.length + lawPlants.length;
  if (total === 0 || !(seedsMax > 0)) {
    console.error(USAGE);
    return 2;
  }
  const asksOthers = !args.includes("--quick");
  const hunters = navigator.hardwareConcurrency;
  let done = 0;
  const tell = (line: string) => console.error(`${++done}/${total} ${line}`);
  const bag = await huntAll({
    plants,
    seedsMax,
    seedsMore: SEEDS_MORE,
    asksOthers,
    shrinks: args.includes("--shrink"),
    hunters,
    onHunted: (hunted) => tell(lineOf(hunted)),
  });
  const byLaws = await huntByLaws(
    lawPlants,
    hunters,
    (hunted) => tell(lawLineOf(hunted)),
  );
  if (args.includes("--json")) console.log(jsonOf(bag, byLaws));
  else {
    if (plants.length > 0) console.log(summaryOf(bag));
    if (lawPlants.length > 0) console.log(lawSummaryOf(byLaws));
  }
  const isWhole = asksOthers && plants.length === MUTANTS.length;
  const isIdle = isWhole &&
    [...onlyBy(bag).values()].some((names) => names.length === 0);
  const escaped = bag.hunted.some(({ caught }) => !caught) ||
    byLaws.some(hasEscaped);
  return isIdle || escaped ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
