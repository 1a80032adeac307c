/**
 * What is run, from what names it: a scenario in the box, or an app's folder.
 *
 * @module
 */

import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { App } from "../../shared/spec/app.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Scenario } from "../scenario.ts";
import { SCENARIOS } from "../scenarios/scenarios.ts";
import { scenarioOf, type Simulation } from "../simulation.ts";
import { UsageError } from "../usage_error.ts";
import { oneLineOf, SimError } from "./sim_error.ts";

/** What names a scenario; plain data, so that a worker can be told. */
export interface Origin {
  /** One in the box; not asked where there is an app. */
  readonly scenario: string;
  /** The folder of an app; `null` for a scenario in the box. */
  readonly app: string | null;
  /** The faults that may strike; `null` for those that the scenario names. */
  readonly faults: readonly string[] | null;
}

/**
 * Loads what is to be run. An app's folder has `app.ts`, whose default export
 * is its spec, and may have `sim.ts`, whose default export is the
 * `Simulation` to run. Throws `SimError`.
 */
export async function loadScenario(origin: Origin): Promise<Scenario> {
  const scenario = origin.app === null
    ? SCENARIOS.get(origin.scenario)
    : await appScenario(origin.app);
  if (!scenario) {
    const wanted = `one of ${[...SCENARIOS.keys()].join(", ")}`;
    throw new SimError("run", `the scenario "${origin.scenario}"`, wanted);
  }
  return origin.faults ? { ...scenario, faults: origin.faults } : scenario;
}

async function appScenario(folder: string): Promise<Scenario> {
  const path = await Deno.realPath(folder).catch(() => null);
  if (path === null) {
    const wanted = "a folder with app.ts";
    throw new SimError("open the app", `there is no "${folder}"`, wanted);
  }
  const spec = await defaultExport(path, "app.ts");
  if (spec === undefined) {
    const wanted = "export default of a spec";
    throw new SimError("load app.ts", `no such module in "${folder}"`, wanted);
  }
  const own = await defaultExport(path, "sim.ts");
  const simulation = own === undefined ? {} : simulationOf(own);
  try {
    return scenarioOf(basename(path), appOf(spec), simulation);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new SimError("load sim.ts", error.message);
  }
}

function appOf(spec: unknown): App {
  try {
    return parseAppSpec(spec);
  } catch (error) {
    throw new SimError("load app.ts", oneLineOf(error));
  }
}

/** What a module of an app gives; `undefined` where there is none. */
async function defaultExport(folder: string, file: string): Promise<unknown> {
  const path = join(folder, file);
  const info = await Deno.stat(path).catch(() => null);
  if (!info?.isFile) return undefined;
  const module: object = await import(pathToFileURL(path).href).catch(
    (error: unknown) => {
      throw new SimError(`load ${file}`, oneLineOf(error));
    },
  );
  if ("default" in module && module.default !== undefined) {
    return module.default;
  }
  throw new SimError(`load ${file}`, "no default export", "one");
}

/** What a field of an app's own simulation must be. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  workload: (value) => typeof value === "function",
  clients: (value) => Array.isArray(value) && value.length > 0,
  invariants: Array.isArray,
  acts: Number.isInteger,
  servers: Number.isInteger,
  pausesDays: Array.isArray,
  faults: Array.isArray,
};

function simulationOf(own: unknown): Simulation {
  if (typeof own !== "object" || own === null) {
    throw new SimError("load sim.ts", "a default export that is no object");
  }
  for (const [field, value] of Object.entries(own)) {
    if (FIELDS[field]?.(value)) continue;
    const wanted = `one of ${Object.keys(FIELDS).join(", ")} of its own type`;
    throw new SimError("load sim.ts", `the field "${field}"`, wanted);
  }
  return own;
}
