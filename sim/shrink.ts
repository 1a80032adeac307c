/**
 * Shrinking: from a history that breaks a promise to a small one that still
 * breaks the same. Delta debugging (Zeller and Hildebrandt, "Simplifying and
 * isolating failure-inducing input", 2002) over what happens, after everything
 * has been calmed that need not storm.
 *
 * @module
 */

import { PAGING } from "../shared/node/page.ts";
import type { History } from "./history.ts";
import { CALM, type Weather } from "./weather.ts";

/** What came of shrinking. */
export interface Shrunk {
  /** The smallest history found. */
  readonly history: History;
  /** How many histories were run for it. */
  readonly runs: number;
}

/**
 * Makes a history smaller while `breaks` says that it still breaks the promise,
 * until nothing can be left out or `isOver` says that it took long enough.
 */
export function shrink(
  history: History,
  breaks: (history: History) => boolean,
  isOver: () => boolean,
): Shrunk {
  let runs = 0;
  const holds = (candidate: History) => {
    if (isOver()) return false;
    runs++;
    return breaks(candidate);
  };
  let smallest = history;
  for (;;) {
    const before = smallest;
    smallest = thinned(plain(calmed(smallest, holds), holds), holds);
    if (smallest === before || isOver()) return { history: smallest, runs };
  }
}

type Holds = (history: History) => boolean;

/** Takes every kind of weather away that is not needed, all at once if possible. */
function calmed(history: History, holds: Holds): History {
  const calm = { ...history, weather: CALM };
  if (!isCalm(history.weather) && holds(calm)) return calm;
  let current = history;
  for (const kind of Object.keys(CALM) as (keyof Weather)[]) {
    if (current.weather[kind] === CALM[kind]) continue;
    const weather = { ...current.weather, [kind]: CALM[kind] };
    const candidate = { ...current, weather };
    if (holds(candidate)) current = candidate;
  }
  return current;
}

function isCalm(weather: Weather): boolean {
  return (Object.keys(CALM) as (keyof Weather)[])
    .every((kind) => weather[kind] === CALM[kind]);
}

/** Ends as quietly, and says as much in a message, as breaks the promise still. */
function plain(history: History, holds: Holds): History {
  let current = history;
  for (const simpler of [{ ending: "rest" }, { paging: PAGING }] as const) {
    const candidate = { ...current, ...simpler };
    if (isPlain(current, simpler) || !holds(candidate)) continue;
    current = candidate;
  }
  return current;
}

function isPlain(history: History, simpler: Partial<History>): boolean {
  const { ending = history.ending, paging = history.paging } = simpler;
  return ending === history.ending && paging.rows === history.paging.rows &&
    paging.bytes === history.paging.bytes;
}

/** Leaves out what happens, in pieces that get smaller. */
function thinned(history: History, holds: Holds): History {
  let current = history;
  let size = Math.ceil(current.happenings.length / 2);
  while (size >= 1) {
    let isSmaller = false;
    for (let from = 0; from < current.happenings.length;) {
      const happenings = current.happenings.toSpliced(from, size);
      const candidate = { ...current, happenings };
      if (holds(candidate)) {
        current = candidate;
        isSmaller = true;
      } else from += size;
    }
    if (size === 1 && !isSmaller) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return current;
}
