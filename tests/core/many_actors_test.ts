/**
 * What a row keeps of actors: those whose writes may still be under way, however
 * many there have been.
 *
 * @module
 */

import { assertEquals, assertLess } from "@std/assert";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import { BenchMaster } from "./bench_master.ts";

const VISITORS = 3_000;

Deno.test("a counter counts any number of visitors, each once, and its row stays small", () => {
  const master = new BenchMaster(new MemoryRows(), 1_800_000_000_000);
  let largest = 0;
  for (let i = 1; i <= VISITORS; i++) {
    master.nowMs += 10;
    const visit = master.visit(`visitor-${i}`, 1);
    assertEquals(master.push(visit).fault, null);
    // A copy, at once and later, is no second visit.
    if (i % 500 === 0) {
      master.push(visit);
      master.push(master.visit(`visitor-${i - 400}`, 1));
      master.wake();
    }
    largest = Math.max(largest, master.visits().bytes);
  }
  assertEquals(master.visits().count, VISITORS);
  assertLess(largest, 5 * 1024);
});
