/**
 * One run: a workload under faults for a while, then peace, then the question
 * whether every promise was kept.
 *
 * @module
 */

import { hashHex } from "../shared/codec/hash.ts";
import { encodeValue } from "../shared/codec/value.ts";
import { PAGING } from "../shared/node/page.ts";
import { DAY_MS } from "../shared/protocol/limits.ts";
import type { App } from "../shared/spec/app.ts";
import { watchAcknowledged } from "./checkers/acknowledged.ts";
import { checkConverged } from "./checkers/converges.ts";
import { checkDerived, type Expectation } from "./checkers/derived_current.ts";
import { watchOnceEach } from "./checkers/once_each.ts";
import { CALM, drawFaults } from "./faults.ts";
import { Ledger } from "./ledger.ts";
import { scheduleMishaps } from "./mishaps.ts";
import { randomOf } from "./random.ts";
import { Violation } from "./violation.ts";
import { World } from "./world.ts";

/** What is run. */
export interface Scenario {
  /** The app. */
  readonly app: App;
  /** How many nodes each server zone has. */
  readonly servers: number;
  /** The devices and their sessions. */
  readonly clients: readonly {
    readonly name: string;
    readonly zone: string;
    readonly claims: unknown;
  }[];
  /** One thing that somebody does, chosen by chance. */
  readonly act: (world: World, ledger: Ledger) => void;
  /** How many things are done. */
  readonly acts: number;
  /** After how many days at most it goes on, each time; once, and no more, when absent. */
  readonly pausesDays?: readonly number[];
  /** What derived vars should be at rest. */
  readonly derived?: ReadonlyMap<string, Expectation>;
  /** More to ask at rest. */
  readonly check?: (world: World, ledger: Ledger) => void;
}

/** What came of a run. */
export interface Run {
  /** The seed. */
  readonly seed: number;
  /** Events run. */
  readonly events: number;
  /** What the master held in the end, in 16 hex digits. */
  readonly digest: string;
  /** The promise that was broken. */
  readonly violation: Violation | null;
}

const STORM_MS = 20_000;
/** Shorter than an author waits for its answer. */
const LOST_MS = 5_000;
/** Long enough for every node to fall asleep. */
const ASLEEP_MS = 60_000;
/** Back-offs, time-outs and retries are through by then. */
const HEALED_MS = 3 * 60_000;
/** And by then every idle link has asked whether its last frame was lost. */
const CHECKED_MS = 15 * 60_000;

/** Runs a scenario under one seed. */
export function runSeed(scenario: Scenario, seed: number): Run {
  const chance = randomOf(seed ^ 0x5eed);
  const faults = chance.chance(0.1) ? CALM : drawFaults(chance);
  const paging = chance.chance(0.5)
    ? { rows: 1 + chance.below(6), bytes: 64 + chance.below(512) }
    : PAGING;
  const world = new World(scenario.app, {
    seed,
    paging,
    servers: scenario.servers,
    faults,
  });
  const ledger = new Ledger(world);
  const checks = [
    watchAcknowledged(world, ledger),
    watchOnceEach(world, ledger),
  ];
  let violation: Violation | null = null;
  try {
    for (const { name, zone, claims } of scenario.clients) {
      world.addClient(name, zone, claims);
    }
    storm(scenario, world, ledger);
    for (const days of scenario.pausesDays ?? []) {
      pause(world, days);
      storm(scenario, world, ledger);
    }
    for (const client of world.clients.values()) {
      if (!client.isOn) client.start();
    }
    world.faults = CALM;
    world.network.heal();
    const ending = chance.pick(["rest", "sleep", "silence"] as const);
    if (ending === "sleep") lastWord(scenario, world, ledger);
    if (ending === "silence") lostWord(scenario, world, ledger);
    // Only a frame that was lost in silence may wait for the next idle check.
    const silent = faults.drop > 0 || ending === "silence";
    world.runFor(silent ? CHECKED_MS : HEALED_MS);
    for (const check of checks) check();
    checkConverged(world);
    checkDerived(world, scenario.derived ?? new Map());
    scenario.check?.(world, ledger);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violation = error;
  }
  const rows = world.master.rows.snapshot().filter((row) =>
    !row.path.startsWith("#")
  );
  const digest = hashHex(
    encodeValue([
      world.events,
      rows.map((row) => [row.path, row.key, row.seq, row.body]),
    ]),
  );
  return { seed, events: world.events, digest, violation };
}

function storm(scenario: Scenario, world: World, ledger: Ledger): void {
  const { agenda, random } = world;
  const endMs = agenda.nowMs + STORM_MS;
  scheduleMishaps(world, endMs);
  for (let i = 0; i < scenario.acts; i++) {
    agenda.at(
      agenda.nowMs + random.below(STORM_MS),
      () => scenario.act(world, ledger),
    );
  }
  world.runUntil(endMs);
}

/** Everybody is away for days; then some come back, and some of those have no network. */
function pause(world: World, days: number): void {
  const { random, network } = world;
  for (const client of world.clients.values()) world.switchOff(client);
  world.runFor(Math.round(random.next() * days * DAY_MS));
  for (const client of world.clients.values()) {
    network.setReachable(client.name, random.chance(0.7));
    if (random.chance(0.7)) client.start();
  }
}

/** All nodes but the clients sleep; then somebody writes, and all must hear of it. */
function lastWord(scenario: Scenario, world: World, ledger: Ledger): void {
  world.runFor(ASLEEP_MS);
  for (const name of world.servers.keys()) world.hibernate(name);
  world.crash(world.master.name);
  scenario.act(world, ledger);
}

/** What the server nodes say of somebody's last write is lost, and nobody knows. */
function lostWord(scenario: Scenario, world: World, ledger: Ledger): void {
  world.runFor(ASLEEP_MS);
  world.network.losesDown = true;
  scenario.act(world, ledger);
  world.runFor(LOST_MS);
  world.network.losesDown = false;
}
