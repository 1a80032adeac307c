/**
 * Shrinking, over a promise whose breaking is known.
 *
 * @module
 */

import { assertEquals, assertLess } from "@std/assert";
import { drawHistory } from "../../sim/draw_history.ts";
import type { History } from "../../sim/history.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";
import { shrink } from "../../sim/shrink.ts";
import { CALM } from "../../sim/weather.ts";

/** Breaks when two certain things happen, the one before the other. */
function breaks({ happenings }: History, first: number, second: number) {
  const times = happenings.map(({ atMs }) => atMs);
  return times.includes(first) && times.includes(second);
}

Deno.test("shrink leaves what breaks the promise, and nothing else", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const history = drawHistory(todoScenario, seed);
    const [first, second] = [history.happenings[3]!, history.happenings[40]!];
    const { history: small, runs } = shrink(
      history,
      (one) => breaks(one, first.atMs, second.atMs),
      () => false,
    );
    assertEquals(small.weather, CALM);
    assertEquals(small.happenings.length, first.atMs === second.atMs ? 1 : 2);
    assertLess(runs, 10 * history.happenings.length);
  }
});

Deno.test("shrink keeps the weather that it needs, and gives up when time is over", () => {
  const drawn = drawHistory(todoScenario, 5);
  const history = { ...drawn, weather: { ...CALM, drop: 0.1, duplicate: 0.2 } };
  const needs = ({ weather }: History) => weather.drop > 0;
  const { history: small } = shrink(history, needs, () => false);
  assertEquals(small.weather, { ...CALM, drop: 0.1 });
  assertEquals(small.happenings, []);
  const { history: same, runs } = shrink(history, needs, () => true);
  assertEquals([same, runs], [history, 0]);
});
