/**
 * Running a history once more, with everything that happens put down.
 *
 * @module
 */

import { type Happening, type History, isStrike } from "../history.ts";
import { type Run, runHistory } from "../run_history.ts";
import type { Moment, Scenario } from "../scenario.ts";
import type { Stepped, World } from "../world.ts";
import { eventLine, isIdle, outputLines } from "./step_line.ts";
import { writtenLines } from "./written_line.ts";

/** One step of one node. */
export interface TracedStep {
  /** When, in milliseconds from the beginning. */
  readonly atMs: number;
  /** The node. */
  readonly node: string;
  /** What happened to it. */
  readonly event: string;
  /** What it wrote and sent for that. */
  readonly outputs: readonly string[];
}

/** A run, and what was seen of it. */
export interface Traced {
  /** What came of it. */
  readonly run: Run;
  /** All steps that are worth a line. */
  readonly steps: readonly TracedStep[];
  /** What was written in each act that came to anything. */
  readonly written: ReadonlyMap<Happening, readonly string[]>;
  /** What was written at the end. */
  readonly lastWritten: readonly string[];
}

/** Runs a history and traces it. Throws `WorkloadError`. */
export function traceRun(scenario: Scenario, history: History): Traced {
  const tracer = new Tracer(scenario, history);
  const workload = (moment: Moment) => tracer.act(moment);
  const run = runHistory(
    { ...scenario, workload },
    history,
    (world) => tracer.watch(world),
  );
  const { steps, written, lastWritten } = tracer;
  return { run, steps, written, lastWritten };
}

class Tracer {
  readonly steps: TracedStep[] = [];
  readonly written = new Map<Happening, string[]>();
  readonly lastWritten: string[] = [];
  readonly #scenario: Scenario;
  readonly #acts: Happening[];
  #beginMs = 0;
  #current: string[] | null = null;

  constructor(scenario: Scenario, history: History) {
    this.#scenario = scenario;
    this.#acts = history.happenings.filter((one) => !isStrike(one));
  }

  watch(world: World): void {
    this.#beginMs = world.agenda.nowMs;
    world.onStepped = (stepped) => this.#step(world, stepped);
  }

  /** Lets somebody act, and puts down what is written by that. */
  act(moment: Moment): void {
    const lines: string[] = [];
    const act = this.#actOf(moment);
    if (act) this.written.set(act, lines);
    this.#current = act ? lines : this.lastWritten;
    this.#scenario.workload(moment);
    this.#current = null;
  }

  /** Links and seqs are mostly moments: they read better from the beginning on. */
  #short(line: string): string {
    return line
      .replace(/(?<=\blink )\d{15}\b/g, (link) => `${Math.floor(+link / 128)}`)
      .replace(
        /(?<=@|\b(?:link|at|seen|from) )\d{13}\b/g,
        (moment) => `t${Number(moment) - this.#beginMs}`,
      );
  }

  /** Which act of the history this is: none at the end of a run. */
  #actOf({ world, client }: Moment): Happening | undefined {
    const atMs = world.agenda.nowMs - this.#beginMs;
    const pauses = (this.#scenario.pausesDays?.length ?? 0) > 0;
    const at = this.#acts.findIndex((act) =>
      act.node === client.name &&
      (act.atMs === atMs || pauses && act.atMs < atMs)
    );
    return at < 0 ? undefined : this.#acts.splice(at, 1)[0];
  }

  #step(world: World, stepped: Stepped): void {
    const lines = writtenLines(world, stepped);
    this.#current?.push(...lines);
    const event = this.#short(eventLine(stepped));
    const outputs = [...lines, ...outputLines(stepped)]
      .map((line) => this.#short(line));
    if (isIdle(event, outputs)) return;
    const atMs = world.agenda.nowMs - this.#beginMs;
    this.steps.push({ atMs, node: stepped.name, event, outputs });
  }
}
