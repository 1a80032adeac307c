/**
 * Most of a year in bursts, with devices that are away for longer than anything
 * is remembered.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { seasonsScenario } from "../../sim/scenarios/todo.ts";
import { runSlice } from "./slice.ts";

Deno.test("the memory world keeps every promise over months, under seeds 0 to 59", () => {
  assertGreater(runSlice(seasonsScenario, 0, 60), 40_000);
});
