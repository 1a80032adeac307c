/**
 * A history as lines that a person can read.
 *
 * @module
 */

import { type Happening, type History, isStrike } from "../history.ts";
import { CALM, type Weather } from "../weather.ts";
import type { Traced, TracedStep } from "./trace_run.ts";

const SECOND_MS = 1_000;
const NAME_WIDTH = 14;
/** So many steps are shown at the end of a trace. */
const LAST_STEPS = 25;
/** And so many before them, which speak of what was found. */
const TELLING_STEPS = 50;

const ENDINGS: Readonly<Record<History["ending"], string>> = {
  rest: "then all come to rest",
  sleep: "then all but the clients sleep, and somebody acts",
  silence: "then somebody acts, and hears nothing back for a while",
};

/** What happens in a history, with what each act wrote in a run of it. */
export function historyLines(history: History, traced: Traced): string[] {
  const bad = badWeather(history.weather);
  return [
    ...history.happenings.map((one) => happeningLine(one, traced)),
    `${" ".repeat(12)}${ENDINGS[history.ending]}`,
    ...traced.lastWritten.map((line) => `${" ".repeat(14)}${line}`),
    `${" ".repeat(12)}weather: ${bad.join(", ") || "calm"}`,
  ];
}

function happeningLine(one: Happening, { written }: Traced): string {
  const { atMs, node } = one;
  if (isStrike(one)) {
    const { kind, other, forMs, byMs, point } = one;
    const facts = [
      kind,
      other === undefined ? "" : `with ${other}`,
      byMs === undefined ? "" : `by ${duration(byMs)}`,
      forMs === undefined ? "" : `for ${duration(forMs)}`,
      point === undefined ? "" : `at point ${point}`,
    ];
    return `${at(atMs, node)}${facts.filter(Boolean).join(" ")}`;
  }
  const lines = written.get(one);
  const what = lines?.join("; ") || (lines ? "changes nothing" : "is off");
  return `${at(atMs, node)}${what}`;
}

function badWeather(weather: Weather): string[] {
  return (Object.keys(CALM) as (keyof Weather)[])
    .filter((kind) => weather[kind] !== CALM[kind])
    .map((kind) => `${kind} ${Number(weather[kind].toFixed(4))}`);
}

/**
 * The last steps of a run, and those before that speak of what was found: these
 * are marked.
 */
export function stepLines({ run, steps }: Traced): string[] {
  const words = tellingWords(run.violation?.message ?? "");
  const tells = (step: TracedStep) =>
    words.some((word) =>
      [step.event, ...step.outputs].some((line) => line.includes(word))
    );
  const from = Math.max(0, steps.length - LAST_STEPS);
  const before = steps.slice(0, from).filter(tells).slice(-TELLING_STEPS);
  const lines = [...before, ...steps.slice(from)].flatMap((step) => [
    `${tells(step) ? "*" : " "}${at(step.atMs, step.node)}${step.event}`,
    ...step.outputs.map((line) => `${" ".repeat(15 + NAME_WIDTH)}${line}`),
  ]);
  return lines.length === 0 ? ["no step was taken"] : lines;
}

/** Write ids, keys and event names in what was found: what a reader looks for. */
function tellingWords(found: string): string[] {
  return found.split(/[\s",:[\]{}]+/)
    .filter((word) => /^[^/].*[./-]/.test(word) && word.length > 3);
}

function at(atMs: number, node: string): string {
  const seconds = (atMs / SECOND_MS).toFixed(3).padStart(10);
  return `${seconds}  ${node.padEnd(NAME_WIDTH)}  `;
}

const UNITS = [
  ["years", 365.25 * 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", SECOND_MS],
  ["ms", 1],
] as const;

function duration(ms: number): string {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(ms) >= size) ??
    UNITS.at(-1)!;
  return `${Number((ms / size).toFixed(3))} ${unit}`;
}
