/**
 * The scenarios that hunt planted bugs.
 *
 * @module
 */

import type { Scenario } from "../../sim/scenario.ts";
import { SCENARIOS } from "../../sim/scenarios/scenarios.ts";
import { treeScenario } from "../sim/tree_scenario.ts";

/** By name. */
export const SCENARIO_OF: ReadonlyMap<string, Scenario> = new Map([
  ...SCENARIOS,
  [treeScenario.name, treeScenario],
]);
