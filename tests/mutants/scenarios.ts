/**
 * The scenarios that hunt planted bugs.
 *
 * @module
 */

import type { Scenario } from "../../sim/scenario.ts";
import { SCENARIOS } from "../../sim/scenarios/scenarios.ts";
import { deepScenario } from "../sim/deep_scenario.ts";
import { treeScenario } from "../sim/tree_scenario.ts";

/** By name. */
export const SCENARIO_OF: ReadonlyMap<string, Scenario> = new Map([
  ...SCENARIOS,
  [deepScenario.name, deepScenario],
  [treeScenario.name, treeScenario],
]);
