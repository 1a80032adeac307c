/**
 * A history as a file: to run again what failed, now or in a year.
 *
 * @module
 */

import { dirname } from "node:path";
import { STRIKES } from "../faults/faults.ts";
import type { Happening, History } from "../history.ts";
import { CALM } from "../weather.ts";
import { oneLineOf, SimError } from "./sim_error.ts";

/** A history that broke a promise, and where. */
export interface SavedHistory {
  /** The scenario, or the name of the app. */
  readonly scenario: string;
  /** The folder of the app; `null` for a scenario in the box. */
  readonly app: string | null;
  /** The promise that it broke. */
  readonly violation: string;
  /** What was seen. */
  readonly found: string;
  /** What was run. */
  readonly history: History;
}

/** Writes a history, making folders as needed. */
export async function writeHistory(
  file: string,
  saved: SavedHistory,
): Promise<void> {
  try {
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeTextFile(file, `${JSON.stringify(saved, null, 2)}\n`);
  } catch (error) {
    throw new SimError("keep the history", oneLineOf(error));
  }
}

/** Reads a history. Throws `SimError` for what is none. */
export async function readHistory(file: string): Promise<SavedHistory> {
  const text = await Deno.readTextFile(file).catch(() => null);
  if (text === null) {
    throw new SimError("replay", `there is no file "${file}"`);
  }
  const saved = parseJson(file, text);
  const fault = faultOf(saved);
  if (fault === null) return saved as SavedHistory;
  throw new SimError("replay", `in "${file}" ${fault}`, "what --save writes");
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SimError("replay", `"${file}" is not JSON`, "what --save writes");
  }
}

type Fields = { readonly [field: string]: unknown };

/** What is wrong with something that should be a saved history, or `null`. */
function faultOf(saved: unknown): string | null {
  if (!isFields(saved)) return "stands no object";
  for (const field of ["scenario", "violation", "found"]) {
    if (typeof saved[field] !== "string") return `"${field}" is no text`;
  }
  if (saved.app !== null && typeof saved.app !== "string") {
    return '"app" is no folder';
  }
  const { history } = saved;
  if (!isFields(history)) return '"history" is missing';
  return historyFault(history);
}

function historyFault(history: Fields): string | null {
  const { seed, weather, paging, ending, happenings } = history;
  if (!isWhole(seed)) return '"seed" is no number';
  const kinds = Object.keys(CALM);
  if (!isFields(weather) || !kinds.every((kind) => isNumber(weather[kind]))) {
    return '"weather" is incomplete';
  }
  if (!isFields(paging) || !isWhole(paging.rows) || !isWhole(paging.bytes)) {
    return '"paging" is incomplete';
  }
  if (!["rest", "sleep", "silence"].includes(String(ending))) {
    return `the ending is "${ending}"`;
  }
  if (!Array.isArray(happenings)) return '"happenings" is no list';
  const bad = happenings.findIndex((one) => !isHappening(one));
  return bad < 0 ? null : `happening ${bad} is none`;
}

function isHappening(value: unknown): value is Happening {
  if (!isFields(value)) return false;
  const { kind, atMs, node, seed, other, forMs, byMs, point } = value;
  if (typeof node !== "string" || !isNumber(atMs)) return false;
  if (kind === "act") return isWhole(seed);
  return STRIKES.has(String(kind)) &&
    [forMs, byMs, point].every((one) => one === undefined || isNumber(one)) &&
    (other === undefined || typeof other === "string");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value);
}
