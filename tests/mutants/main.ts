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

import { parseArgs } from "node:util";
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

/** What is to be hunted, and how. Throws at what is not known. */
function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      seeds: { type: "string", default: String(SEEDS_MAX) },
      quick: { type: "boolean", default: false },
      shrink: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const seedsMax = Number(values.seeds);
  if (!(Number.isSafeInteger(seedsMax) && seedsMax > 0)) {
    throw new Error(`--seeds ${values.seeds} is no whole number above 0`);
  }
  const isWanted = ({ name, file }: LawPlant) =>
    name.includes(values.only) || file.includes(values.only);
  const plants = MUTANTS.filter(isWanted);
  const lawPlants = LAW_MUTANTS.filter(isWanted);
  if (plants.length + lawPlants.length === 0) {
    throw new Error(`no planted bug is called ${values.only}`);
  }
  return { ...values, seedsMax, plants, lawPlants };
}

async function main(args: readonly string[]): Promise<number> {
  let options: ReturnType<typeof optionsOf>;
  try {
    options = optionsOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const { plants, lawPlants, seedsMax, quick, shrink, json } = options;
  const total = plants.length + lawPlants.length;
  const asksOthers = !quick;
  const hunters = navigator.hardwareConcurrency;
  let done = 0;
  const tell = (line: string) => console.error(`${++done}/${total} ${line}`);
  const bag = await huntAll({
    plants,
    seedsMax,
    seedsMore: SEEDS_MORE,
    asksOthers,
    shrinks: shrink,
    hunters,
    onHunted: (hunted) => tell(lineOf(hunted)),
  });
  const byLaws = await huntByLaws(
    lawPlants,
    hunters,
    (hunted) => tell(lawLineOf(hunted)),
  );
  if (json) console.log(jsonOf(bag, byLaws));
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

Deno.exit(await main(Deno.args));
