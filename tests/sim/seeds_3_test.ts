/**
 * Seeds of the scenarios over every type, and over tabs that build upon one
 * another, in a file of their own so that they run side by side.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { everyTypeScenario } from "../../sim/scenarios/every_type.ts";
import { tabsScenario } from "../../sim/scenarios/tabs.ts";
import { runSlice } from "./slice.ts";

for (const scenario of [everyTypeScenario, tabsScenario]) {
  Deno.test(`${scenario.name} keeps every promise under seeds 0 to 199`, () => {
    assertGreater(runSlice(scenario, 0, 200), 50_000);
  });
}
