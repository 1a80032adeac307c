/**
 * One seed, one history.
 *
 * @module
 */

import { assertEquals, assertNotEquals } from "@std/assert";
import { drawHistory } from "../../sim/draw_history.ts";
import { runHistory } from "../../sim/run_history.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";

function digest(seed: number): string {
  return runHistory(todoScenario, drawHistory(todoScenario, seed)).digest;
}

Deno.test("the same seed gives the same digest, another one another", () => {
  assertEquals(digest(7), digest(7));
  assertNotEquals(digest(7), digest(8));
});

Deno.test("a history is plain data: read back from JSON, it runs the same", () => {
  const history = drawHistory(todoScenario, 9);
  const copy: typeof history = JSON.parse(JSON.stringify(history));
  assertEquals(
    runHistory(todoScenario, copy).digest,
    runHistory(todoScenario, history).digest,
  );
});
