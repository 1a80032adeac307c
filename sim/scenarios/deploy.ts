/**
 * The to-do app while it is deployed, again and again.
 *
 * @module
 */

import type { Scenario } from "../scenario.ts";
import { todoScenario } from "./todo.ts";

/** The to-do app with old and new code side by side, under load. */
export const deployScenario: Scenario = {
  ...todoScenario,
  name: "deploy",
  faults: [
    ...Array<string>(3).fill("deploy-spec"),
    ...Array<string>(3).fill("deploy-protocol"),
    "crash",
    "crash-within",
    "hibernate",
    "cut",
    "delay",
    "drop",
    "switched-off",
  ],
};
