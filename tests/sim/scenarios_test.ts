/**
 * The other scenarios in the box: a few seeds of each.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { SCENARIOS } from "../../sim/scenarios/scenarios.ts";
import { runSlice } from "./slice.ts";

/** Those that have tests of their own. */
const ELSEWHERE = ["todo", "seasons", "types", "tabs"];
/** One with many clients takes as long as five others, one over months too. */
const SEEDS: Readonly<Record<string, number>> = {
  storm: 4,
  "board-seasons": 10,
};

for (const [name, scenario] of SCENARIOS) {
  if (ELSEWHERE.includes(name)) continue;
  const seeds = SEEDS[name] ?? 20;
  Deno.test(`${name} keeps every promise under seeds 0 to ${seeds - 1}`, () => {
    assertGreater(runSlice(scenario, 0, seeds), 2_000);
  });
}
