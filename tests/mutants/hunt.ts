/**
 * Hunts one planted bug, in a process of its own over the tree it is planted in:
 * `deno run tests/mutants/hunt.ts '{"scenario":"todo","from":0,"to":400,…}'`.
 * What came of it is one line of JSON.
 *
 * @module
 */

import { drawHistory } from "../../sim/draw_history.ts";
import { checkersOf, NO_THROW, runHistory } from "../../sim/run_history.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { SCENARIO_OF } from "./scenarios.ts";

/** What to run. */
export interface Order {
  /** The scenario, by name. */
  readonly scenario: string;
  /** The first seed. */
  readonly from: number;
  /** The seed behind the last. */
  readonly to: number;
  /** Seeds that break a promise without any bug planted: they prove nothing. */
  readonly broken: readonly number[];
  /** Whether all seeds are run, to find those. */
  readonly all: boolean;
  /** How many promises are enough: with two, the second is one that is broken without the first. */
  readonly promises: number;
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
}

/** Runs a seed under all checkers but some; the promise that was broken. */
function runSeed(
  scenario: Scenario,
  seed: number,
  without: readonly string[],
): Omit<Catch, "seeds"> | null {
  const checkers = checkersOf(scenario)
    .filter(({ name }) => !without.includes(name));
  const history = drawHistory(scenario, seed);
  const { violation } = runHistory(scenario, history, () => {}, checkers);
  if (!violation || without.includes(violation.invariant)) return null;
  const { invariant: promise, message: seen } = violation;
  return { seed, promise, seen };
}

/** Every seed that breaks a promise. */
function allBroken(scenario: Scenario, { from, to }: Order): Catch[] {
  const found: Catch[] = [];
  for (let seed = from; seed < to; seed++) {
    const caught = runSeed(scenario, seed, []);
    if (caught) found.push({ ...caught, seeds: seed - from + 1 });
  }
  return found;
}

/**
 * The first seed that breaks a promise, and the first that breaks another one
 * when nobody looks after that. What passed under all checkers passes under fewer.
 */
function hunt(
  scenario: Scenario,
  { from, to, broken, promises }: Order,
): Catch[] {
  const found: Catch[] = [];
  let seeds = 0;
  for (let seed = from; seed < to; seed++) {
    if (broken.includes(seed)) continue;
    seeds++;
    const without = found.map(({ promise }) => promise);
    for (;;) {
      const caught = runSeed(scenario, seed, without);
      if (!caught) break;
      found.push({ ...caught, seeds });
      if (found.length === promises) return found;
      without.push(caught.promise);
    }
  }
  return found;
}

if (import.meta.main) {
  const order = JSON.parse(Deno.args[0] ?? "{}") as Order;
  const scenario = SCENARIO_OF.get(order.scenario)!;
  const found = order.all ? allBroken(scenario, order) : hunt(scenario, order);
  const promises = [NO_THROW, ...checkersOf(scenario).map(({ name }) => name)];
  console.log(JSON.stringify({ found, promises }));
}
