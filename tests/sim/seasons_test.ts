/**
 * Most of a year in bursts, with devices that are away for longer than anything
 * is remembered.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { runSlice } from "./slice.ts";

Deno.test("the memory world keeps every promise over months, under seeds 0 to 299", () => {
  assertGreater(runSlice(0, 300, "seasons"), 100_000);
});
