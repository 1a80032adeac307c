/**
 * Seeds 500 to 999, in a file of their own so that they run side by side.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { todoScenario } from "../../sim/scenarios/todo.ts";
import { runSlice } from "./slice.ts";

Deno.test("the memory world keeps every promise under seeds 500 to 999", () => {
  assertGreater(runSlice(todoScenario, 500, 1000), 100_000);
});
