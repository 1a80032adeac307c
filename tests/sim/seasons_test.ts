/**
 * Most of a year in bursts, with devices that are away for longer than anything
 * is remembered.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { seasonsScenario } from "../../sim/scenarios/todo.ts";
import { runSlice } from "./slice.ts";

/** What does not go on while everybody is away: nodes would try again for months. */
const BRIEF = ["delay", "reorder", "duplicate", "drop", "cut", "crash", "skew"];

Deno.test("the memory world keeps every promise over months, under seeds 0 to 39", () => {
  assertGreater(runSlice(seasonsScenario, 0, 40, BRIEF), 10_000);
});
