import { assert, assertEquals, assertThrows } from "@std/assert";
import { CrdtError } from "../../shared/crdt/crdt_error.ts";
import { HLC_TICKS_PER_MS, HybridClock } from "../../shared/crdt/hlc.ts";
import { timestampAfter } from "../../shared/crdt/stamp.ts";
import { forSeeds } from "./seeded.ts";

Deno.test("HybridClock never repeats and never goes back, whatever the time does", () => {
  forSeeds(200, (chance) => {
    let nowMs = 1000;
    const clock = new HybridClock(() => nowMs);
    let before = 0;
    for (let i = 0; i < 50; i++) {
      nowMs += chance.below(7) - 3 + chance.below(5_000) / 5_000;
      if (chance.below(5) === 0) clock.observe(before + chance.below(9000));
      if (chance.below(9) === 0) clock.setOffset(chance.below(100) - 50);
      before = Math.max(before, clock.last);
      const now = clock.now();
      assert(now > before && Number.isSafeInteger(now));
      assert(now >= Math.floor((nowMs + clock.offsetMs) * HLC_TICKS_PER_MS));
      assertEquals(clock.last, now);
      before = now;
    }
  });
});

Deno.test("HybridClock is max(last + 1, time) in ticks of 1/2048 ms", () => {
  let nowMs = 5;
  const clock = new HybridClock(() => nowMs);
  assertEquals([clock.now(), clock.now()], [10_240, 10_241]);
  nowMs = 6;
  assertEquals(clock.now(), 12_288);
  clock.observe(20_000);
  clock.observe(3);
  assertEquals(clock.now(), 20_001);
  clock.setOffset(10);
  assertEquals(clock.now(), 32_768);
  clock.setOffset(0, 12_300);
  assertEquals(clock.now(), 12_301);
});

Deno.test("HybridClock stops at 2^53 - 1 instead of repeating", () => {
  const clock = new HybridClock(() => 0);
  clock.observe(2 ** 53 - 2);
  assertEquals(clock.now(), 2 ** 53 - 1);
  const error = assertThrows(() => clock.now(), CrdtError);
  assertEquals(error.code, "clock-exhausted");
  assertEquals(clock.last, 2 ** 53 - 1);
  assertThrows(() => timestampAfter({ now: () => 1 }, 2 ** 53 - 1), CrdtError);
});

Deno.test("HybridClock takes in no timestamp that is none", () => {
  const clock = new HybridClock(() => 1);
  for (const bad of [-1, 1.5, NaN, Infinity, 2 ** 53]) {
    assertThrows(() => clock.observe(bad), CrdtError);
    assertThrows(() => clock.setOffset(0, bad), CrdtError);
  }
  assertThrows(() => clock.setOffset(NaN), CrdtError);
  assertThrows(() => new HybridClock(() => NaN).now(), CrdtError);
  assertEquals([clock.last, clock.offsetMs], [0, 0]);
});
