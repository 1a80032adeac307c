/**
 * The command line as a value.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { FAULTS } from "../faults/faults.ts";
import { SCENARIOS } from "../scenarios/scenarios.ts";
import type { Origin } from "./load_scenario.ts";
import { oneLineOf, SimError } from "./sim_error.ts";

/** Which seeds to run. */
export interface SeedRange {
  /** The first one. */
  readonly from: number;
  /** How many at most; `Infinity` until the time is over. */
  readonly count: number;
  /** For how long at most; `Infinity` until all are run. */
  readonly minutes: number;
}

/** How to run them, and what to tell. */
export interface Manner {
  /** How many run side by side. */
  readonly workers: number;
  /** Whether the last line is JSON. */
  readonly json: boolean;
  /** Whether every point is listed at which nodes died. */
  readonly coverage: boolean;
  /** Whether the smallest failing history is kept as a regression. */
  readonly save: boolean;
}

/** What the command line asks for. */
export type Command =
  | { readonly name: "help" }
  | { readonly name: "replay"; readonly file: string; readonly json: boolean }
  | {
    readonly name: "run";
    readonly origin: Origin;
    readonly seeds: SeedRange;
    readonly manner: Manner;
  };

/** What there is to ask for. */
export const USAGE =
  `sim [scenario] [--app DIR] [--seed S] [--seeds N] [--minutes M]
    [--faults all|none|LIST] [--workers N] [--coverage] [--json] [--save]
  runs a scenario, or the app in DIR, under seeds: one (--seed S), N of them,
  or as many as M minutes allow; --save keeps what fails as a regression,
  --coverage lists where nodes died and how often, and how long the runs were
sim --replay FILE [--json]
  runs a history that failed before

scenarios: ${[...SCENARIOS.keys()].join(", ")}
faults: ${FAULTS.map(({ name }) => name).join(", ")}
`;

const SEEDS_DEFAULT = 200;
const SEED_MAX = 2 ** 32 - 1;
const READ = "read the command line";

/** Reads the command line; what it does not know is a `SimError`. */
export function parseCommand(
  args: readonly string[],
  cores: number,
): Command {
  const { values, positionals } = parsed(args);
  if (values.help) return { name: "help" };
  const [scenario, extra] = positionals;
  if (extra !== undefined) {
    throw new SimError(READ, `a second scenario "${extra}"`, "one scenario");
  }
  const { json, coverage, save } = values;
  if (values.replay !== undefined) {
    refuseBeside(values, scenario);
    return { name: "replay", file: values.replay, json };
  }
  return {
    name: "run",
    origin: originOf(scenario, values.app, values.faults),
    seeds: seedsOf(values),
    manner: {
      workers: values.workers === undefined
        ? cores
        : whole("workers", values.workers, 1, 256),
      json,
      coverage,
      save,
    },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h", default: false },
        app: { type: "string" },
        seed: { type: "string" },
        seeds: { type: "string" },
        minutes: { type: "string" },
        faults: { type: "string" },
        workers: { type: "string" },
        replay: { type: "string" },
        coverage: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        save: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    const [found = ""] = oneLineOf(error).split(". ");
    throw new SimError(READ, found, "what --help lists");
  }
}

type Values = ReturnType<typeof parsed>["values"];

/** A history says itself what is run. */
function refuseBeside(values: Values, scenario: string | undefined): void {
  const said = [
    ["a scenario", scenario],
    ["--app", values.app],
    ["--seed", values.seed],
    ["--seeds", values.seeds],
    ["--minutes", values.minutes],
    ["--faults", values.faults],
  ].find(([, value]) => value !== undefined);
  if (said) throw new SimError(READ, `--replay and ${said[0]}`, "one of them");
}

function originOf(
  scenario: string | undefined,
  app: string | undefined,
  faults: string | undefined,
): Origin {
  if (app !== undefined && scenario !== undefined) {
    throw new SimError(READ, `--app and the scenario "${scenario}"`, "one");
  }
  const names = [...SCENARIOS.keys()];
  const name = scenario ?? names[0]!;
  if (!SCENARIOS.has(name)) {
    throw new SimError(
      READ,
      `the scenario "${name}"`,
      `one of ${names.join(", ")}`,
    );
  }
  return { scenario: name, app: app ?? null, faults: faultsOf(faults) };
}

function faultsOf(list: string | undefined): string[] | null {
  if (list === undefined) return null;
  const known = FAULTS.map(({ name }) => name);
  if (list === "all") return known;
  if (list === "none") return [];
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  const wanted = `all, none, or some of ${known.join(", ")}`;
  throw new SimError(READ, `the fault "${unknown}"`, wanted);
}

/** One seed where one is named and no number of them. */
function seedsOf({ seed, seeds, minutes }: Values): SeedRange {
  const isOne = seed !== undefined && seeds === undefined &&
    minutes === undefined;
  const many = minutes === undefined ? SEEDS_DEFAULT : Infinity;
  const from = seed === undefined ? 0 : whole("seed", seed, 0, SEED_MAX);
  const count = seeds === undefined
    ? isOne ? 1 : many
    : whole("seeds", seeds, 1, SEED_MAX + 1 - from);
  return { from, count, minutes: minutesOf(minutes) };
}

function minutesOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const minutes = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && minutes > 0) return minutes;
  throw new SimError(READ, `--minutes "${text}"`, "a number above 0");
}

function whole(flag: string, text: string, from: number, to: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= from && number <= to) return number;
  const wanted = `a whole number from ${from} to ${to}`;
  throw new SimError(READ, `--${flag} "${text}"`, wanted);
}
