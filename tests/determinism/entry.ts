/**
 * Runs seeds and prints the sum of their digests: one file for Deno and for
 * Node. `entry FROM COUNT`
 *
 * @module
 */

import process from "node:process";
import { SeedDigest } from "../../sim/seed_digest.ts";
import { drawHistory } from "../../sim/draw_history.ts";
import { runHistory } from "../../sim/run_history.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";

/** Seeds between two words on how far it has got. */
const TOLD = 500;

const [from = 0, count = 0] = process.argv.slice(2).map(Number);
const digest = new SeedDigest();
for (let seed = from; seed < from + count; seed++) {
  const history = drawHistory(todoScenario, seed);
  digest.add(seed, runHistory(todoScenario, history).digest);
  const done = seed - from + 1;
  if (done % TOLD === 0) console.error(`${done} of ${count} seeds`);
}
console.log(digest.hex);
