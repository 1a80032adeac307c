/**
 * One seed, one history.
 *
 * @module
 */

import { assertEquals, assertNotEquals } from "@std/assert";
import { runSeed } from "../../sim/run_seed.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";

Deno.test("runSeed: the same seed gives the same digest, another one another", () => {
  assertEquals(runSeed(todoScenario, 7), runSeed(todoScenario, 7));
  assertNotEquals(
    runSeed(todoScenario, 7).digest,
    runSeed(todoScenario, 8).digest,
  );
});
