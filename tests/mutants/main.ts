/**
 * Plants bugs in copies of the shipped code, and hunts each with seeds of the
 * memory world: `deno task mutants [--only TEXT] [--seeds N] [--quick] [--json]`.
 * With `--quick` nobody asks who else would have seen a bug.
 *
 * @module
 */

import { MUTANTS } from "./mutants.ts";
import { huntAll } from "./hunter.ts";
import { jsonOf, lineOf, summaryOf } from "./report.ts";

const SEEDS_MAX = 400;

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
    console.error(
      "usage: deno task mutants [--only TEXT] [--seeds N] [--quick] [--json]",
    );
    return 2;
  }
  let done = 0;
  const bag = await huntAll({
    plants,
    seedsMax,
    asksOthers: !args.includes("--quick"),
    hunters: navigator.hardwareConcurrency,
    onHunted: (hunted) =>
      console.error(`${++done}/${plants.length} ${lineOf(hunted)}`),
  });
  console.log(args.includes("--json") ? jsonOf(bag) : summaryOf(bag));
  return bag.hunted.every(({ caught }) => caught) ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
