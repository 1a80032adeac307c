/**
 * One seed, one history, in any process.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { digestsOf, ENVIRONMENTS } from "./environments.ts";

Deno.test("seeds give the same digest in other processes, time zones and locales, and on Node", async () => {
  const digests = await digestsOf(12);
  assertEquals(digests.size, ENVIRONMENTS.length);
  assertEquals(new Set(digests.values()).size, 1);
});
