/**
 * Are the digests of many seeds the same everywhere? `deno task digest [SEEDS]`
 *
 * @module
 */

import { digestsOf } from "./environments.ts";

const SEEDS_DEFAULT = 10_000;

const seeds = Number(Deno.args[0] ?? SEEDS_DEFAULT);
if (!Number.isSafeInteger(seeds) || seeds < 1) {
  console.error(
    `Cannot run "${Deno.args[0]}" seeds: want a whole number above 0`,
  );
  Deno.exit(1);
}
const digests = await digestsOf(seeds, (name, digest) => {
  console.log(`${digest}  ${seeds} seeds on ${name}`);
});
const isSame = new Set(digests.values()).size === 1;
console.log(isSame ? "all the same" : "they are not the same");
if (!isSame) Deno.exit(1);
