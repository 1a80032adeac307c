/**
 * Runs seeds from the command line: `deno run tests/sim/seeds.ts FROM TO
 * SCENARIO`.
 *
 * @module
 */

import { runSlice } from "./slice.ts";

if (import.meta.main) {
  const [from = "0", to = "100", scenario] = Deno.args;
  try {
    console.log(
      `${runSlice(Number(from), Number(to), scenario)} events, no violation`,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
