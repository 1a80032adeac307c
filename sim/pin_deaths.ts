/**
 * From deaths that chance brings to deaths that are written down: what is left
 * out of a history then takes none of them with it, and each can be left out by
 * itself.
 *
 * @module
 */

import type { Death } from "./deaths.ts";
import { diesWithin } from "./faults/death.ts";
import type { History, Strike } from "./history.ts";
import { runHistory } from "./run_history.ts";
import type { Scenario } from "./scenario.ts";

/**
 * The same history with its deaths written down, if it `breaks` the promise so
 * too: the same happens in it, unless somebody died before anything did.
 */
export function pinDeaths(
  scenario: Scenario,
  history: History,
  breaks: (history: History) => boolean,
): History {
  if (history.weather.crashWithin === 0) return history;
  const deaths: Death[] = [];
  let beganMs = 0;
  runHistory(scenario, history, (world) => {
    beganMs = world.agenda.nowMs;
    world.deaths.onDeath = (death) => deaths.push(death);
  });
  const strikes = deaths.map(({ node, nowMs, point }): Strike => ({
    kind: diesWithin.name,
    atMs: nowMs - beganMs,
    node,
    point,
  }));
  const pinned: History = {
    ...history,
    weather: { ...history.weather, crashWithin: 0 },
    // What is to die dies of what happens in that millisecond, too.
    happenings: [...strikes, ...history.happenings]
      .sort((a, b) => a.atMs - b.atMs),
  };
  return breaks(pinned) ? pinned : history;
}
