/**
 * Seeds 500 to 999, in a file of their own so that they run side by side.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { runSlice } from "./slice.ts";

Deno.test("the memory world keeps every promise under seeds 500 to 999", () => {
  assertGreater(runSlice(500, 1000), 100_000);
});
