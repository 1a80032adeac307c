/**
 * Plants bugs in copies of the shipped code, and hunts each with seeds of the
 * memory world: `deno task mutants [--only TEXT] [--seeds N] [--quick] [--shrink]
 * [--json]`. With `--quick` it is asked of none who else would have seen it; with
 * `--shrink` what caught it is made small. Exits 1 when a bug escapes, or when all
 * were hunted and a checker has none that only it sees.
 *
 * @module
 */

import { huntAll } from "./hunter.ts";
import { MUTANTS } from "./mutants.ts";
import { jsonOf, lineOf, onlyBy, summaryOf } from "./report.ts";

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
  const plants = MUTANTS.filter(({ name, file }) =>
    name.includes(only) || file.includes(only)
  );
  if (plants.length === 0 || !(seedsMax > 0)) {
    console.error(USAGE);
    return 2;
  }
  const asksOthers = !args.includes("--quick");
  let done = 0;
  const bag = await huntAll({
    plants,
    seedsMax,
    seedsMore: SEEDS_MORE,
    asksOthers,
    shrinks: args.includes("--shrink"),
    hunters: navigator.hardwareConcurrency,
    onHunted: (hunted) =>
      console.error(`${++done}/${plants.length} ${lineOf(hunted)}`),
  });
  console.log(args.includes("--json") ? jsonOf(bag) : summaryOf(bag));
  const isWhole = asksOthers && plants.length === MUTANTS.length;
  const isIdle = isWhole &&
    [...onlyBy(bag).values()].some((names) => names.length === 0);
  return isIdle || bag.hunted.some(({ caught }) => !caught) ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
