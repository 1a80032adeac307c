/**
 * The to-do app on machines whose clocks are wrong.
 *
 * @module
 */

import type { Scenario } from "../scenario.ts";
import { todoScenario } from "./todo.ts";

/** The to-do app with clocks that are off, jump, stand still and come back. */
export const clockScenario: Scenario = {
  ...todoScenario,
  name: "clock",
  faults: [
    "skew",
    ...Array<string>(3).fill("clock-jump"),
    ...Array<string>(2).fill("clock-freeze"),
    ...Array<string>(2).fill("far-future"),
    "crash",
    "hibernate",
    "switched-off",
    "partition",
    "delay",
  ],
};
