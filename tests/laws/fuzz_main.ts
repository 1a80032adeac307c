/**
 * `deno task fuzz [LOTS] [FIRST SEED]`: bytes that nobody has written, for all
 * that takes bytes from outside. Exits 1 at what breaks something.
 *
 * @module
 */

import { fuzz } from "./fuzz.ts";

const STEP = 50_000;
const [lots, first] = [Deno.args[0] ?? "1000000", Deno.args[1] ?? "1"]
  .map(Number) as [number, number];
if (!(Number.isSafeInteger(lots) && lots > 0 && Number.isSafeInteger(first))) {
  console.error("usage: deno task fuzz [LOTS] [FIRST SEED]");
  Deno.exit(1);
}
let [done, taken, slowestMs, slowest] = [0, 0, 0, ""];
try {
  while (done < lots) {
    const part = fuzz(first + done, Math.min(STEP, lots - done));
    done += part.lots;
    taken += part.taken;
    if (part.slowestMs > slowestMs) ({ slowestMs, slowest } = part);
    console.error(`${done} of ${lots}, ${taken} taken`);
  }
} catch (error) {
  console.error((error as Error).message);
  Deno.exit(1);
}
console.log(
  `${lots} lots of bytes: ${taken} taken, ${lots - taken} refused; ` +
    `the slowest took ${slowestMs.toFixed(1)} ms (${slowest})`,
);
