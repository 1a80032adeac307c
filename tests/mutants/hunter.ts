/**
 * Hunting planted bugs side by side: each hunter has a copy of the tree, and
 * starts a process for every bug.
 *
 * @module
 */

import { checkersOf } from "../../sim/run_history.ts";
import { type Catch, type Order, runSeed } from "./hunt.ts";
import type { Plant } from "./plant.ts";
import { SCENARIO_OF } from "./scenarios.ts";
import { TreeCopy } from "./tree_copy.ts";

/** A hunt that takes longer will not end. */
const HUNT_MS_MAX = 300_000;
const SCRIPT = "tests/mutants/hunt.ts";
const FILES = [
  SCRIPT,
  "tests/mutants/scenarios.ts",
  "tests/sim/deep_scenario.ts",
  "tests/sim/tree_scenario.ts",
];

/** What came of a bug. */
export interface Hunted {
  /** The bug. */
  readonly plant: Plant;
  /** The first seed that caught it; `null` for none. */
  readonly caught: Catch | null;
  /** The first one that caught an `alone` one while nobody looked after that promise. */
  readonly otherwise: Catch | null;
  /** Whether it did not come to an end. */
  readonly hung: boolean;
}

/** How a hunt goes. */
export interface Plan {
  /** The bugs. */
  readonly plants: readonly Plant[];
  /** The seeds that each may take. */
  readonly seedsMax: number;
  /** The seeds that it may take more, to find who else sees it. */
  readonly seedsMore: number;
  /** Whether it is asked who else would have seen a bug. */
  readonly asksOthers: boolean;
  /** Whether the history that caught a bug is made as small as it can be. */
  readonly shrinks: boolean;
  /** How many hunt at a time. */
  readonly hunters: number;
  /** Told of each bug as it comes in. */
  readonly onHunted: (hunted: Hunted) => void;
}

/** All that was found. */
export interface Bag {
  /** In the order of the bugs. */
  readonly hunted: readonly Hunted[];
  /** By scenario, what seeds break without a bug: they were left out. */
  readonly broken: ReadonlyMap<string, readonly Omit<Catch, "seeds">[]>;
  /** Every promise that a checker looks after. */
  readonly promises: ReadonlySet<string>;
}

/** Hunts all bugs of a plan. */
export async function huntAll(plan: Plan): Promise<Bag> {
  const { plants, hunters, onHunted } = plan;
  const broken = new BrokenSeeds();
  const hunted: Hunted[] = [];
  const left = [...plants.entries()];
  await Promise.all(Array.from({ length: hunters }, async () => {
    await using copy = await TreeCopy.make(FILES);
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, plant] = next;
      const found = await copy.planted(
        plant,
        () => huntOne(plan, copy, plant, broken),
      );
      const [caught = null, otherwise = null] = found ?? [];
      onHunted(
        hunted[at] = { plant, caught, otherwise, hung: found === null },
      );
    }
  }));
  return { hunted, broken: broken.seen, promises: promisesOf(plants) };
}

/** What caught a bug; `null` when a hunt for it did not end. */
async function huntOne(
  { seedsMax, seedsMore, asksOthers, shrinks }: Plan,
  copy: TreeCopy,
  { scenario = "todo", alone }: Plant,
  broken: BrokenSeeds,
): Promise<Catch[] | null> {
  const promises = asksOthers && alone ? 2 : 1;
  for (;;) {
    const order = {
      scenario,
      seeds: seedsMax,
      seedsMore,
      broken: broken.of(scenario),
      promises,
      shrinks,
    };
    const found = await tell(copy, order);
    // One that breaks without the bug too says nothing of it.
    if (!found?.some(({ seed }) => broken.isBroken(scenario, seed))) {
      return found;
    }
  }
}

/** Which seeds break a promise of the code as it is. */
class BrokenSeeds {
  /** What they break, by scenario. */
  readonly seen = new Map<string, Omit<Catch, "seeds">[]>();
  readonly #sound = new Set<string>();

  /** Those of a scenario that are known. */
  of(scenario: string): number[] {
    return (this.seen.get(scenario) ?? []).map(({ seed }) => seed);
  }

  /** Runs a seed, once. */
  isBroken(scenario: string, seed: number): boolean {
    const id = `${scenario} ${seed}`;
    if (this.#sound.has(id)) return false;
    if (this.of(scenario).includes(seed)) return true;
    const caught = runSeed(SCENARIO_OF.get(scenario)!, seed, []);
    if (caught) {
      this.seen.set(scenario, [...this.seen.get(scenario) ?? [], caught]);
    } else this.#sound.add(id);
    return caught !== null;
  }
}

function promisesOf(plants: readonly Plant[]): Set<string> {
  const names = plants.flatMap(({ scenario = "todo" }) =>
    checkersOf(SCENARIO_OF.get(scenario)!).map(({ name }) => name)
  );
  return new Set(names);
}

/** What a process says of an order; `null` when it did not end. */
async function tell(copy: TreeCopy, order: Order): Promise<Catch[] | null> {
  const script = copy.at(SCRIPT).href;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-config", script, JSON.stringify(order)],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(HUNT_MS_MAX),
  });
  const { success, signal, stdout, stderr } = await command.output();
  if (signal) return null;
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return JSON.parse(decoder.decode(stdout)) as Catch[];
}
