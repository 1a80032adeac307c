/**
 * The to-do app where nodes cannot reach one another most of the time.
 *
 * @module
 */

import type { Scenario } from "../scenario.ts";
import { todoScenario } from "./todo.ts";

/** The to-do app over ways that are cut, one way or both, told or not. */
export const partitionScenario: Scenario = {
  ...todoScenario,
  name: "partition",
  faults: [
    ...Array<string>(3).fill("partition"),
    ...Array<string>(3).fill("one-way"),
    ...Array<string>(2).fill("half-open"),
    "cut",
    "slow-consumer",
    "delay",
    "reorder",
    "duplicate",
    "drop",
    "switched-off",
  ],
};
