/**
 * Runs seeds from the command line: `deno run tests/sim/seeds.ts FROM TO`.
 *
 * @module
 */

import { runSlice } from "./slice.ts";

if (import.meta.main) {
  const [from = 0, to = 100] = Deno.args.map(Number);
  try {
    console.log(`${runSlice(from, to)} events, no violation`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
