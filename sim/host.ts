/**
 * A node in the simulator: the shipped step, a store, and a memory that can be
 * lost at any moment. It does what a shell does, and nothing more.
 *
 * @module
 */

import type { Outcome, Output, Surroundings } from "../shared/node/outcome.ts";
import { MemoryRows } from "../shared/ports/memory_rows.ts";
import type { RowWrite } from "../shared/ports/rows.ts";
import type { Agenda } from "./agenda.ts";
import { addTo, type Coverage, type Points } from "./coverage.ts";
import { Disk } from "./disk.ts";
import type { Chance } from "./chance.ts";

/** What a host needs of the world around it. */
export interface Around {
  /** The virtual time, and what is to happen. */
  readonly agenda: Agenda;
  /** All chance. */
  readonly chance: Chance;
  /** Where nodes have died. */
  readonly coverage: Coverage;
  /** A node has taken a step. */
  stepped(name: string, event: { readonly type: string }, done: Outcome): void;
  /** Says whether a node dies here and now. */
  readonly deaths: { atPoint(name: string): boolean };
  /** Says whether a node's store refuses these writes. */
  refuses(name: string, writes: readonly RowWrite[]): boolean;
  /** A node has died. */
  fell(name: string): void;
  /** Does what a step asked for, besides alarms and replies. */
  perform(name: string, output: Output): void;
}

/** What a host needs to know of its role. */
export interface Role<State, Event> {
  /** What it is called in counts. */
  readonly name: string;
  /** A state before the first event. */
  create(): State;
  /** Events that a state without memory must see before any other. */
  wake(): readonly Event[];
  /** The shipped step. */
  step(state: State, event: Event, around: Surroundings): Outcome;
  /** Whether the rows of a path that an event wrote survive the loss of memory. */
  keeps(path: string, event: Event): boolean;
  /** Stores rows where nodes share a store, in the place of those of some paths. */
  store?(
    writes: readonly RowWrite[],
    clears: ((path: string) => boolean) | null,
  ): void;
  /** The memory is lost. */
  lost?(): void;
  /** Whether an alarm rings although the memory was lost. */
  readonly alarmSurvives: boolean;
  /** How long writes take to be durable; 0 where the step waits for them. */
  flushMs(): number;
  /** The event that an alarm brings. */
  readonly alarm: Event;
  /** What a shell runs, over a new memory, when the store refused what an event wrote. */
  unstored?(event: Event): Event | null;
}

/** One running node. */
export class Host<State, Event extends { readonly type: string }> {
  /** Its name in the world. */
  readonly name: string;
  /** Its role. */
  readonly role: Role<State, Event>;
  /** What survives. */
  readonly disk: Disk;
  /** Rows as the node sees them. */
  rows: MemoryRows = new MemoryRows();
  /** How far its clock is off. */
  skewMs = 0;
  /** Where its clock stands still; `null` while it goes. */
  frozenMs: number | null = null;
  /** Which life this is: what an earlier one asked for no longer counts. */
  life = 0;
  /** What the last step gave. */
  last: Outcome | null = null;
  readonly #world: Around;
  readonly #points: Points;
  #lastPoint = "before its first step";
  #state: State | null = null;
  #flushedAtMs = 0;
  /** What is on its way to the store. */
  #storing: (readonly RowWrite[])[] = [];
  #alarm = 0;
  #isRetired = false;

  /** Places a node in a world, over a store. */
  constructor(
    world: Around,
    name: string,
    role: Role<State, Event>,
    disk: Disk = new Disk(),
  ) {
    this.#world = world;
    this.name = name;
    this.role = role;
    this.disk = disk;
    this.#points = world.coverage.of(role.name);
  }

  /** The state, for checkers; `null` while there is none. */
  get state(): State | null {
    return this.#state;
  }

  /** The time that the node's clock shows. */
  get nowMs(): number {
    return this.frozenMs ?? this.#world.agenda.nowMs + this.skewMs;
  }

  /** Runs an event, and returns the frames that it replied with; `null` when the node died of it. */
  run(event: Event): Uint8Array[] | null {
    if (this.#isRetired) return null;
    if (this.#state === null) {
      this.#state = this.role.create();
      for (const first of this.role.wake()) {
        if (this.#step(first) === null) return null;
      }
    }
    return this.#step(event);
  }

  /** Dies between two steps. */
  die(): void {
    addTo(this.#points, this.#lastPoint, 0, 1);
    this.crash();
  }

  /** Leaves for good: nothing happens to it any more. */
  retire(): void {
    this.crash();
    this.#isRetired = true;
  }

  /** Loses memory, and what was not durable. */
  crash(): void {
    this.life++;
    if (!this.role.alarmSurvives) this.#alarm++;
    this.#state = null;
    this.#flushedAtMs = 0;
    this.#storing = [];
    this.load();
    this.role.lost?.();
  }

  /** Takes up what is stored now. */
  load(): void {
    this.rows = new MemoryRows();
    this.rows.write(this.disk.read());
  }

  /** Whether a row is on its way to the store. */
  isStoring(row: RowWrite): boolean {
    return this.#storing.flat().some(({ path, key }) =>
      path === row.path && key === row.key
    );
  }

  /** Puts the rows of some paths in the place of those that are stored. */
  replace(clears: (path: string) => boolean): void {
    const rows = this.rows.snapshot().filter(({ path }) => clears(path));
    this.#later(rows, [], this.role.flushMs(), clears);
  }

  #step(event: Event): Uint8Array[] | null {
    const random = this.#world.chance.at(this.name);
    const outcome = this.role.step(this.#state!, event, {
      rows: this.rows,
      nowMs: this.nowMs,
      random: () => random.next(),
    });
    this.#lastPoint = AFTER[event.type] ??= `after ${event.type}`;
    const flushMs = this.role.flushMs();
    const kept = outcome.writes.filter(({ path }) =>
      this.role.keeps(path, event)
    );
    if (flushMs === 0 && this.#world.refuses(this.name, kept)) {
      return this.#undo(event);
    }
    this.rows.write(outcome.writes);
    this.last = outcome;
    this.#world.stepped(this.name, event, outcome);
    if (flushMs > 0) {
      this.#later(kept, outcome.after, flushMs);
      return this.#dies(this.#lastPoint) ? null : [];
    }
    this.disk.write(kept);
    const replies = this.#perform(kept, outcome.after);
    return replies === null || this.#dies(this.#lastPoint) ? null : replies;
  }

  /** What a step wrote was refused: it did not happen, and the memory is gone. */
  #undo(event: Event): Uint8Array[] | null {
    this.crash();
    const instead = this.role.unstored?.(event) ?? null;
    return instead === null ? null : this.run(instead);
  }

  /** Writes become durable in order, and what comes after them leaves in order. */
  #later(
    kept: readonly RowWrite[],
    after: readonly Output[],
    flushMs: number,
    clears: ((path: string) => boolean) | null = null,
  ): void {
    const { agenda } = this.#world;
    const { life } = this;
    // An alarm waits for no store.
    const later = after.filter((output) => {
      if (output.type !== "alarm") return true;
      this.#setAlarm(output.atMs);
      return false;
    });
    this.#storing.push(kept);
    this.#flushedAtMs = Math.max(this.#flushedAtMs, agenda.nowMs + flushMs);
    agenda.at(this.#flushedAtMs, () => {
      if (life !== this.life) return;
      if (this.#world.refuses(this.name, kept)) this.disk.fill();
      this.#storing.shift();
      if (this.role.store) this.role.store(kept, clears);
      else this.disk.write(kept, { clears });
      if (life !== this.life) return;
      this.#perform(kept, later);
    });
  }

  /** Does what a step asked for, as far as the node lives to do it. */
  #perform(
    kept: readonly RowWrite[],
    after: readonly Output[],
  ): Uint8Array[] | null {
    const replies: Uint8Array[] = [];
    if (kept.length > 0 && this.#diesOf(kept)) return null;
    for (const output of after) {
      if (output.type === "reply") replies.push(output.bytes);
      else if (output.type === "alarm") this.#setAlarm(output.atMs);
      else this.#world.perform(this.name, output);
      if (this.#dies(DID[output.type] ??= `did ${output.type}`)) return null;
    }
    return replies;
  }

  /** Whether it dies of a transaction, which is at a point for every kind of row. */
  #diesOf(kept: readonly RowWrite[]): boolean {
    const dies = this.#world.deaths.atPoint(this.name);
    const kinds = new Set(kept.map(({ path }) => wrote(path)));
    for (const kind of kinds) addTo(this.#points, kind, 1, dies ? 1 : 0);
    if (dies) this.#fall();
    return dies;
  }

  #dies(point: string): boolean {
    const dies = this.#world.deaths.atPoint(this.name);
    addTo(this.#points, point, 1, dies ? 1 : 0);
    if (dies) this.#fall();
    return dies;
  }

  #fall(): void {
    this.crash();
    this.#world.fell(this.name);
  }

  #setAlarm(atMs: number | null): void {
    const alarm = ++this.#alarm;
    if (atMs === null) return;
    const ring = () => {
      if (alarm === this.#alarm) this.run(this.role.alarm);
    };
    const { agenda } = this.#world;
    agenda.at(agenda.nowMs + atMs - this.nowMs, ring, true);
  }
}

/** The names of points, each made once. */
const AFTER: Record<string, string> = {};
const DID: Record<string, string> = {};
const WROTE: Record<string, string> = {};

/** Rows of the kit's own by their path, and an app's all as one. */
function wrote(path: string): string {
  return WROTE[path] ??= `wrote ${path.startsWith("#") ? path : "rows"}`;
}
