/**
 * One run: a history under which it storms for a while, then peace, then the
 * question whether every promise was kept.
 *
 * @module
 */

import { DAY_MS } from "../shared/protocol/limits.ts";
import type { Checker, Watch } from "./checker.ts";
import { CHECKERS } from "./checkers/checkers.ts";
import type { Coverage } from "./coverage.ts";
import { STORM_MS } from "./draw_history.ts";
import { STRIKES } from "./faults/faults.ts";
import { rollOut } from "./faults/release.ts";
import { type Happening, type History, isStrike } from "./history.ts";
import { Ledger } from "./ledger.ts";
import { livenessMs } from "./liveness.ts";
import { randomOf } from "./random.ts";
import type { Moment, Scenario } from "./scenario.ts";
import { Violation } from "./violation.ts";
import { CALM } from "./weather.ts";
import { isOfKit, WorkloadError } from "./workload_error.ts";
import { World } from "./world.ts";
import { worldDigest } from "./world_digest.ts";

/** What came of a run. */
export interface Run {
  /** What was run. */
  readonly history: History;
  /** Steps of all nodes. */
  readonly events: number;
  /** What all nodes held in the end, in 16 hex digits. */
  readonly digest: string;
  /** Where nodes died. */
  readonly coverage: Coverage;
  /** The promise that was broken. */
  readonly violation: Violation | null;
}

/** What is broken when a node breaks. */
export const NO_THROW = "no step throws";
/** No fault lasts longer. */
const FAULT_MS_MAX = 60_000;
/** Shorter than an author waits for its answer. */
const LOST_MS = 5_000;
/** Long enough for every node to fall asleep. */
const ASLEEP_MS = 60_000;

/** The promises that a run of a scenario is held to: the kit's and the app's own. */
export function checkersOf({ checkers }: Scenario): Checker[] {
  return [...CHECKERS, ...checkers ?? []];
}

/**
 * Runs a history; `onWorld` is told of the world before anything happens.
 * Throws `WorkloadError`.
 */
export function runHistory(
  scenario: Scenario,
  history: History,
  onWorld: (world: World) => void = () => {},
  checkers: readonly Checker[] = checkersOf(scenario),
): Run {
  const { app, next, servers } = scenario;
  const { seed, weather, paging } = history;
  const options = { seed, weather, paging, servers };
  const world = new World(app, next ? { ...options, next } : options);
  onWorld(world);
  let violation: Violation | null = null;
  try {
    const watches = watch(world, checkers);
    for (const { name, zone, claims } of scenario.clients) {
      world.addClient(name, zone, claims);
    }
    storm(scenario, history, world);
    heal(world);
    end(scenario, history, world);
    for (const { rest } of watches) rest?.();
  } catch (error) {
    if (error instanceof WorkloadError) throw error;
    violation = violationOf(error);
  }
  const { events, coverage } = world;
  return { history, events, digest: worldDigest(world), coverage, violation };
}

function watch(world: World, checkers: readonly Checker[]): Watch[] {
  const ledger = new Ledger(world);
  const watches = checkers.map((checker) => checker.watch({ world, ledger }));
  const steps = watches.flatMap(({ step }) => step ?? []);
  const { onStepped } = world;
  world.onStepped = (stepped) => {
    onStepped(stepped);
    ledger.stepped(stepped);
    for (const step of steps) step(stepped);
  };
  return watches;
}

/** A broken invariant is a broken promise too. */
function violationOf(error: unknown): Violation {
  if (error instanceof Violation) return error;
  const { message, stack } = error instanceof Error
    ? error
    : new Error(String(error));
  const where = stack?.split("\n")[1]?.trim().replace(/\(?file:.*\//, "(") ??
    "";
  return new Violation(NO_THROW, `${message} ${where}`);
}

function storm(scenario: Scenario, history: History, world: World): void {
  const { agenda } = world;
  const beginMs = agenda.nowMs;
  const storms = 1 + (scenario.pausesDays?.length ?? 0);
  let slept = 0;
  for (let i = 0; i < storms; i++) {
    const [from, to] = [i * STORM_MS, (i + 1) * STORM_MS];
    for (const happening of history.happenings) {
      const { atMs } = happening;
      if (atMs < from || atMs >= to) continue;
      agenda.at(
        beginMs + slept + atMs,
        () => happen(scenario, world, happening),
      );
    }
    world.runUntil(beginMs + slept + to);
    const days = scenario.pausesDays?.[i];
    if (days !== undefined) slept += pause(world, days);
  }
}

function happen(scenario: Scenario, world: World, happening: Happening): void {
  if (isStrike(happening)) {
    const fault = STRIKES.get(happening.kind);
    const tabs = fault?.ofOneTab ? world.tabsOf(happening.node) : [];
    const node = tabs.length > 1
      ? world.chance.at(`tab of ${happening.node}`).pick(tabs).name
      : happening.node;
    return fault?.strike?.(world, { ...happening, node });
  }
  const tabs = world.tabsOf(happening.node);
  const client = tabs[happening.seed % tabs.length];
  // What is switched off, nobody writes on.
  if (!client?.isOn) return;
  work(scenario, { world, client, random: randomOf(happening.seed) });
}

/** A workload's own mistake is no broken promise: it ends the run. */
function work({ workload }: Scenario, moment: Moment): void {
  try {
    workload(moment);
  } catch (error) {
    if (isOfKit(error)) throw error;
    throw new WorkloadError(moment.client.name, error);
  }
}

/** Everybody is away for days; then some come back, and some of those have no network. */
function pause(world: World, days: number): number {
  const { network: { wires }, agenda } = world;
  const random = world.chance.at("pause");
  const beginMs = agenda.nowMs;
  // What a fault has begun ends first: no deploy takes days, and no way stays
  // cut: else nodes try again all the while.
  world.runFor(FAULT_MS_MAX);
  rollOut(world);
  wires.healAll();
  for (const client of world.clients.values()) {
    client.sessionMs = Infinity;
    world.power.off(client);
  }
  world.runFor(Math.round(random.next() * days * DAY_MS));
  for (const client of world.clients.values()) {
    for (const server of world.servers.keys()) {
      if (random.chance(0.7)) wires.repair(client.name, server);
      else wires.cut(client.name, server);
    }
    if (random.chance(0.7)) client.start();
  }
  return agenda.nowMs - beginMs;
}

/** The storm is over: clocks are right, ways are open, one release runs everywhere. */
function heal(world: World): void {
  world.weather = { ...CALM };
  world.network.wires.healAll();
  for (const client of world.clients.values()) {
    client.sessionMs = Infinity;
    client.barred = null;
  }
  rollOut(world);
  for (const client of world.clients.values()) {
    client.host.disk.clear();
    if (!client.isOn) client.start();
    else client.wake();
  }
}

function end(scenario: Scenario, history: History, world: World): void {
  const { weather, ending, happenings } = history;
  if (ending === "sleep") lastWord(scenario, world);
  if (ending === "silence") lostWord(scenario, world);
  // Only a frame that was lost in silence may wait for the next idle check.
  const isSilent = weather.drop > 0 || ending === "silence" ||
    happenings.some(({ kind }) => SILENT.has(kind));
  world.runFor(livenessMs(weather, isSilent));
}

/** Faults that lose frames, or subscriptions, and tell nobody. */
const SILENT = new Set([
  "partition",
  "one-way",
  "half-open",
  "master-restored",
]);

/** All nodes but the clients sleep; then somebody writes, and all must hear of it. */
function lastWord(scenario: Scenario, world: World): void {
  world.runFor(ASLEEP_MS);
  for (const name of world.servers.keys()) world.hibernate(name);
  world.crash(world.master.name);
  act(scenario, world);
}

/** What the server nodes say of somebody's last write is lost, and nobody knows. */
function lostWord(scenario: Scenario, world: World): void {
  world.runFor(ASLEEP_MS);
  world.network.sockets.losesDown = true;
  act(scenario, world);
  world.runFor(LOST_MS);
  world.network.sockets.losesDown = false;
}

function act(scenario: Scenario, world: World): void {
  const random = world.chance.at("last word");
  const client = random.pick([...world.clients.values()]);
  work(scenario, { world, client, random });
}
