/**
 * Hunting planted bugs side by side: each hunter has a copy of the tree, and
 * starts a process for every bug.
 *
 * @module
 */

import type { Plant } from "../sim/plants.ts";
import type { Catch, Order } from "./hunt.ts";
import { TreeCopy } from "./tree_copy.ts";

/** A hunt that takes longer will not end. */
const HUNT_MS_MAX = 300_000;

/** What the process says. */
interface Told {
  readonly found: readonly Catch[];
  readonly promises: readonly string[];
}

/** What came of a bug. */
export interface Hunted {
  /** The bug. */
  readonly plant: Plant;
  /** The first seed that caught it; `null` for none. */
  readonly caught: Catch | null;
  /** The first one that caught it while nobody looked after that promise. */
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
  /** Whether it is asked who else would have seen a bug. */
  readonly asksOthers: boolean;
  /** How many hunt at a time. */
  readonly hunters: number;
  /** Told of each bug as it comes in. */
  readonly onHunted: (hunted: Hunted) => void;
}

/** All that was found. */
export interface Bag {
  /** In the order of the bugs. */
  readonly hunted: readonly Hunted[];
  /** By scenario, seeds that break a promise without a bug, and were left out. */
  readonly broken: ReadonlyMap<string, readonly Catch[]>;
  /** Every promise that was looked after. */
  readonly promises: ReadonlySet<string>;
}

/** Hunts all bugs of a plan. */
export async function huntAll(plan: Plan): Promise<Bag> {
  const { plants, seedsMax, asksOthers, hunters, onHunted } = plan;
  const wanted = asksOthers ? 2 : 1;
  const copies = await Promise.all(
    Array.from({ length: hunters }, () => TreeCopy.make()),
  );
  const promises = new Set<string>();
  const broken = new Map<string, Catch[]>();
  const ask = async (copy: TreeCopy, order: Order) => {
    const told = await tell(copy, order);
    for (const promise of told?.promises ?? []) promises.add(promise);
    return told;
  };
  try {
    const scenarios = new Set(plants.map(scenarioOf));
    await Promise.all(copies.map(async (copy, i) => {
      for (const scenario of scenarios) {
        const [from, to] = [i, i + 1]
          .map((part) => Math.floor(part * seedsMax / hunters));
        const order = {
          scenario,
          from: from!,
          to: to!,
          broken: [],
          all: true,
          promises: 1,
        };
        const found = (await ask(copy, order))?.found ?? [];
        broken.set(scenario, [...broken.get(scenario) ?? [], ...found]);
      }
    }));
    const hunted: Hunted[] = [];
    const left = [...plants.entries()];
    await Promise.all(copies.map(async (copy) => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [at, plant] = next;
        const scenario = scenarioOf(plant);
        const out = broken.get(scenario)!.map(({ seed }) => seed);
        const order = {
          from: 0,
          to: seedsMax,
          broken: out,
          all: false,
          promises: wanted,
        };
        const told = await copy.planted(
          plant,
          () => ask(copy, { ...order, scenario }),
        );
        const [caught = null, otherwise = null] = told?.found ?? [];
        hunted[at] = { plant, caught, otherwise, hung: told === null };
        onHunted(hunted[at]);
      }
    }));
    return { hunted, broken, promises };
  } finally {
    for (const copy of copies) await copy.remove();
  }
}

function scenarioOf({ scenario = "todo" }: Plant): string {
  return scenario;
}

/** What a process says of an order; `null` when it did not end. */
async function tell(copy: TreeCopy, order: Order): Promise<Told | null> {
  const script = copy.at("tests/mutants/hunt.ts").href;
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
  return JSON.parse(decoder.decode(stdout)) as Told;
}
