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

/** So many happenings are few enough for a person. */
export const FEW = 20;
/** Under how many other seeds a smaller history is tried in a round, if it has to be. */
const SEEDS_MORE = 6;
/** How many such rounds there are. */
const ROUNDS = 10;

/**
 * Makes a history smaller while `breaks` says that it still breaks the promise,
 * until nothing can be left out or `isOver` says that it took long enough.
 *
 * What is left out changes when all else happens, so that a promise which
 * breaks by chance may not break any more. Where too much is left for that
 * reason, smaller histories are tried under other seeds of the world too.
 */
export function shrink(
  history: History,
  breaks: (history: History) => boolean,
  isOver: () => boolean,
): Shrunk {
  let runs = 0;
  const holds = (candidate: History) => {
    if (isOver()) return null;
    runs++;
    return breaks(candidate) ? candidate : null;
  };
  const reseeded = (round: number) => (candidate: History) => {
    for (let i = 0; i <= SEEDS_MORE; i++) {
      const more = i === 0 ? 0 : round * SEEDS_MORE + i;
      const seed = (candidate.seed + more) >>> 0;
      const held = holds({ ...candidate, seed });
      if (held) return held;
    }
    return null;
  };
  let smallest = settled(history, holds);
  for (let round = 0; round < ROUNDS; round++) {
    if (smallest.happenings.length <= FEW) break;
    smallest = settled(smallest, reseeded(round));
  }
  return { history: smallest, runs };
}

/** The candidate, or one like it, if it breaks the promise. */
type Holds = (candidate: History) => History | null;

/** Shrinks until nothing changes any more. */
function settled(history: History, holds: Holds): History {
  let smallest = history;
  for (;;) {
    const before = smallest;
    smallest = thinned(plain(calmed(smallest, holds), holds), holds);
    if (smallest === before) return smallest;
  }
}

/** Takes every kind of weather away that is not needed, all at once if possible. */
function calmed(history: History, holds: Holds): History {
  if (isCalm(history.weather)) return history;
  const calm = holds({ ...history, weather: CALM });
  if (calm) return calm;
  let current = history;
  for (const kind of Object.keys(CALM) as (keyof Weather)[]) {
    if (current.weather[kind] === CALM[kind]) continue;
    const weather = { ...current.weather, [kind]: CALM[kind] };
    current = holds({ ...current, weather }) ?? current;
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
  if (current.ending !== "rest") {
    current = holds({ ...current, ending: "rest" }) ?? current;
  }
  const { rows, bytes } = current.paging;
  if (rows !== PAGING.rows || bytes !== PAGING.bytes) {
    current = holds({ ...current, paging: PAGING }) ?? current;
  }
  return current;
}

/** Leaves out what happens, in pieces that get smaller. */
function thinned(history: History, holds: Holds): History {
  let current = history;
  let size = Math.ceil(current.happenings.length / 2);
  while (size >= 1) {
    let isSmaller = false;
    for (let from = 0; from < current.happenings.length;) {
      const happenings = current.happenings.toSpliced(from, size);
      const held = holds({ ...current, happenings });
      if (held) {
        current = held;
        isSmaller = true;
      } else from += size;
    }
    if (size === 1 && !isSmaller) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return current;
}
