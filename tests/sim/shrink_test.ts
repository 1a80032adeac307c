/**
 * Shrinking, over histories of which a few happenings break a made-up promise.
 *
 * @module
 */

import { assertEquals, assertLess } from "@std/assert";
import { drawHistory } from "../../sim/draw_history.ts";
import type { History } from "../../sim/history.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";
import { pinDeaths } from "../../sim/pin_deaths.ts";
import { runHistory } from "../../sim/run_history.ts";
import { shrink } from "../../sim/shrink.ts";
import { CALM } from "../../sim/weather.ts";

const STORMY = { ...CALM, drop: 0.1, delayMsMax: 400, crashWithin: 0.01 };

function historyOf(length: number): History {
  return {
    seed: 1,
    weather: STORMY,
    ending: "sleep",
    paging: { rows: 2, bytes: 64 },
    happenings: Array.from({ length }, (_, atMs) => ({
      kind: "act" as const,
      atMs,
      node: "ann",
      seed: atMs,
    })),
  };
}

function times({ happenings }: History): number[] {
  return happenings.map(({ atMs }) => atMs);
}

/** Breaks where all of these happen. */
function needs(...wanted: number[]) {
  return (history: History) =>
    wanted.every((atMs) => times(history).includes(atMs));
}

Deno.test("shrink leaves just what is needed, wherever it stands", () => {
  for (const wanted of [[0], [99], [3, 4], [0, 50, 99], [7, 31, 32, 33, 80]]) {
    const { history } = shrink(historyOf(100), needs(...wanted), () => false);
    assertEquals(times(history), wanted);
  }
});

Deno.test("shrink ends with nothing where nothing is needed", () => {
  const { history } = shrink(historyOf(100), () => true, () => false);
  assertEquals(history.happenings, []);
  assertEquals(history.weather, CALM);
  assertEquals(history.ending, "rest");
});

Deno.test("shrink keeps the weather, the ending and the paging that are needed", () => {
  const breaks = (history: History) =>
    history.weather.drop > 0 && history.ending === "sleep" &&
    history.paging.rows === 2;
  const { history } = shrink(historyOf(20), breaks, () => false);
  assertEquals(history.weather, { ...CALM, drop: STORMY.drop });
  assertEquals(history.ending, "sleep");
  assertEquals(history.paging, { rows: 2, bytes: 64 });
});

Deno.test("shrink gives a history that breaks, also where less of one need not", () => {
  // Two happenings that hide one another: either alone breaks, both do not.
  const breaks = (history: History) =>
    times(history).includes(5) !== times(history).includes(6) ||
    history.happenings.length === 40;
  const { history } = shrink(historyOf(40), breaks, () => false);
  assertEquals(breaks(history), true);
  assertEquals(history.happenings.length, 1);
});

Deno.test("shrink stops when it is over, with the best it has", () => {
  let left = 10;
  const breaks = needs(1, 2);
  const { history, runs } = shrink(historyOf(100), breaks, () => left-- <= 0);
  assertEquals(runs, 10);
  assertEquals(breaks(history), true);
  assertLess(history.happenings.length, 100);
  const whole = historyOf(100);
  assertEquals(shrink(whole, breaks, () => true), { history: whole, runs: 0 });
});

Deno.test("shrink leaves what is needed of histories as they are drawn", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const drawn = drawHistory(todoScenario, seed);
    const wanted = [3, 40].map((i) => drawn.happenings[i]!.atMs);
    const { history, runs } = shrink(drawn, needs(...wanted), () => false);
    assertEquals(history.weather, CALM);
    assertEquals(times(history), [...new Set(wanted)]);
    assertLess(runs, 10 * drawn.happenings.length);
  }
});

Deno.test("shrink tries other seeds where chance keeps it from leaving out more", () => {
  // Breaks with everything; with less, only under a seed that suits it.
  const breaks = (history: History) =>
    history.happenings.length === 40 ||
    needs(8, 9)(history) && history.seed === 3;
  const { history } = shrink(historyOf(40), breaks, () => false);
  assertEquals(times(history), [8, 9]);
  assertEquals(breaks(history), true);
});

Deno.test("the same happens in a history whose deaths are written down", () => {
  for (let seed = 2; seed < 20; seed++) {
    const drawn = drawHistory(todoScenario, seed);
    const pinned = pinDeaths(todoScenario, drawn, () => true);
    assertEquals(pinned.weather.crashWithin, 0);
    if (pinned === drawn) continue;
    const [before, after] = [drawn, pinned]
      .map((history) => runHistory(todoScenario, history));
    assertEquals(after!.digest, before!.digest, `seed ${seed}`);
    assertEquals(after!.events, before!.events, `seed ${seed}`);
  }
});
