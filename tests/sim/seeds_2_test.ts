/**
 * Seeds 300 to 599, in a file of their own so that they run side by side.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { todoScenario } from "../../sim/scenarios/todo.ts";
import { runSlice } from "./slice.ts";

Deno.test("the memory world keeps every promise under seeds 300 to 599", () => {
  assertGreater(runSlice(todoScenario, 300, 600), 100_000);
});
