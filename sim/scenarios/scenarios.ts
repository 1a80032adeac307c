/**
 * The scenarios in the box, by name.
 *
 * @module
 */

import type { Scenario } from "../scenario.ts";
import { boardScenario, boardSeasonsScenario } from "./board.ts";
import { clockScenario } from "./clock.ts";
import { deployScenario } from "./deploy.ts";
import { everyTypeScenario } from "./every_type.ts";
import { partitionScenario } from "./partition.ts";
import { sourceScenario } from "./source.ts";
import { stormScenario } from "./storm.ts";
import { tabsScenario } from "./tabs.ts";
import { seasonsScenario, todoScenario } from "./todo.ts";

/** All of them; the first is the one that is meant when none is named. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  [
    todoScenario,
    partitionScenario,
    deployScenario,
    clockScenario,
    stormScenario,
    sourceScenario,
    seasonsScenario,
    boardScenario,
    boardSeasonsScenario,
    everyTypeScenario,
    tabsScenario,
  ].map((scenario) => [scenario.name, scenario]),
);
