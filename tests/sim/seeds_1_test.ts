/**
 * Seeds 0 to 299, in a file of their own so that they run side by side.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { todoScenario } from "../../sim/scenarios/todo.ts";
import { runSlice } from "./slice.ts";

Deno.test("the memory world keeps every promise under seeds 0 to 299", () => {
  assertGreater(runSlice(todoScenario, 0, 300), 100_000);
});
