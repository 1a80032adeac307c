/**
 * The scenarios that hunt planted bugs.
 *
 * @module
 */

import type { Scenario } from "../../sim/scenario.ts";
import {
  boardScenario,
  boardSeasonsScenario,
} from "../../sim/scenarios/board.ts";
import { seasonsScenario, todoScenario } from "../../sim/scenarios/todo.ts";
import { treeScenario } from "../sim/tree_scenario.ts";

/** By name. */
export const SCENARIO_OF: ReadonlyMap<string, Scenario> = new Map(
  [
    todoScenario,
    seasonsScenario,
    treeScenario,
    boardScenario,
    boardSeasonsScenario,
  ].map((scenario) => [scenario.name, scenario]),
);
