/** A slice of `deno task fuzz`. */

import { assert } from "@std/assert";
import { fuzz } from "./fuzz.ts";

const LOTS = 20_000;

Deno.test("bytes that nobody has written give a value or a DecodeError", () => {
  const { taken, slowest, slowestMs } = fuzz(1, LOTS);
  console.log(
    `${taken} of ${LOTS} taken; ${slowestMs.toFixed(1)} ms: ${slowest}`,
  );
  assert(taken > LOTS / 20, `only ${taken} were taken`);
});
