/**
 * Hunts one planted bug, in a process of its own over the tree it is planted in:
 * `deno run tests/mutants/hunt.ts '{"scenario":"todo","seeds":400,…}'`. What came
 * of it is one line of JSON.
 *
 * @module
 */

import { drawHistory } from "../../sim/draw_history.ts";
import type { Checker } from "../../sim/checker.ts";
import type { History } from "../../sim/history.ts";
import { checkersOf, NO_THROW, runHistory } from "../../sim/run_history.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { shrink } from "../../sim/shrink.ts";
import { Violation } from "../../sim/violation.ts";
import { WorkloadError } from "../../sim/workload_error.ts";
import { SCENARIO_OF } from "./scenarios.ts";

/** As long as the command line takes for it. */
const SHRINK_MS = 55_000;

/** What to run. */
export interface Order {
  /** The scenario, by name. */
  readonly scenario: string;
  /** How many seeds, from 0. */
  readonly seeds: number;
  /** How many more when one has caught it, to find who else does. */
  readonly seedsMore: number;
  /** Seeds that break a promise without any bug planted: they prove nothing. */
  readonly broken: readonly number[];
  /** How many promises are enough: with two, the second is one that is broken without the first. */
  readonly promises: number;
  /** Whether the history that caught it is made as small as it can be. */
  readonly shrinks: boolean;
}

/** How small a history could be made. */
export interface Small {
  /** How much happens in it. */
  readonly happenings: number;
  /** How much happened before. */
  readonly of: number;
  /** How long that took, in milliseconds. */
  readonly ms: number;
}

/** A promise that a seed has seen broken. */
export interface Catch {
  /** The seed. */
  readonly seed: number;
  /** How many seeds were run for it, itself included. */
  readonly seeds: number;
  /** Which promise. */
  readonly promise: string;
  /** What was seen. */
  readonly seen: string;
  /** What shrinking made of it; absent where nobody asked. */
  readonly small?: Small;
}

/** Runs a seed under all checkers but some; the promise that was broken. */
export function runSeed(
  scenario: Scenario,
  seed: number,
  without: readonly string[],
): Omit<Catch, "seeds"> | null {
  const checkers = checkersOf(scenario)
    .filter(({ name }) => !without.includes(name));
  const history = drawHistory(scenario, seed);
  const violation = violationIn(scenario, history, checkers);
  if (!violation || without.includes(violation.invariant)) return null;
  const { invariant: promise, message: seen } = violation;
  return { seed, promise, seen };
}

/** What a run breaks; an app that no longer gets on with the kit is broken too. */
function violationIn(
  scenario: Scenario,
  history: History,
  checkers: readonly Checker[],
): Violation | null {
  try {
    return runHistory(scenario, history, () => {}, checkers).violation;
  } catch (error) {
    if (!(error instanceof WorkloadError)) throw error;
    return new Violation(NO_THROW, error.message);
  }
}

/** Makes the history of a seed as small as a minute allows. */
function shrunk(scenario: Scenario, { seed, promise }: Omit<Catch, "seeds">) {
  const beganMs = performance.now();
  const drawn = drawHistory(scenario, seed);
  const { history } = shrink(
    drawn,
    (smaller) => {
      const { invariant } =
        violationIn(scenario, smaller, checkersOf(scenario)) ??
          {};
      return invariant === promise;
    },
    () => performance.now() - beganMs > SHRINK_MS,
  );
  const [happenings, of] = [history, drawn].map((one) => one.happenings.length);
  const ms = Math.round(performance.now() - beganMs);
  return { happenings: happenings!, of: of!, ms };
}

/**
 * The first seed that breaks a promise, and the first that breaks another one
 * when nobody looks after that. What passed under all checkers passes under fewer.
 */
function hunt(
  scenario: Scenario,
  { seeds: most, seedsMore, broken, promises, shrinks }: Order,
): Catch[] {
  const found: Catch[] = [];
  let seeds = 0;
  let end = most;
  for (let seed = 0; seed < end; seed++) {
    if (broken.includes(seed)) continue;
    seeds++;
    const without = found.map(({ promise }) => promise);
    for (;;) {
      const caught = runSeed(scenario, seed, without);
      if (!caught) break;
      if (found.length === 0) end = Math.min(most, seed + 1 + seedsMore);
      const small = shrinks ? { small: shrunk(scenario, caught) } : {};
      found.push({ ...caught, seeds, ...small });
      if (found.length === promises) return found;
      without.push(caught.promise);
    }
  }
  return found;
}

if (import.meta.main) {
  const order = JSON.parse(Deno.args[0] ?? "{}") as Order;
  console.log(JSON.stringify(hunt(SCENARIO_OF.get(order.scenario)!, order)));
}
