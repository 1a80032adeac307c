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
import type { Random } from "./random.ts";

/** What a host needs of the world around it. */
export interface Around {
  /** The virtual time, and what is to happen. */
  readonly agenda: Agenda;
  /** All chance. */
  readonly random: Random;
  /** Counts an event. */
  count(): void;
  /** Says whether a node dies between its writes and its messages. */
  diesNow(): boolean;
  /** A node has died. */
  fell(name: string): void;
  /** Does what a step asked for, besides alarms and replies. */
  perform(name: string, output: Output): void;
}

/** What a host needs to know of its role. */
export interface Role<State, Event> {
  /** A state before the first event. */
  create(): State;
  /** Events that a state without memory must see before any other. */
  wake(): readonly Event[];
  /** The shipped step. */
  step(state: State, event: Event, around: Surroundings): Outcome;
  /** Whether the rows of a path survive the loss of memory. */
  keeps(path: string): boolean;
  /** Whether an alarm rings although the memory was lost. */
  readonly alarmSurvives: boolean;
  /** How long writes take to be durable. */
  flushMs(): number;
  /** The event that an alarm brings. */
  readonly alarm: Event;
}

/** One running node. */
export class Host<State, Event> {
  /** Its name in the world. */
  readonly name: string;
  /** Rows as the node sees them. */
  rows = new MemoryRows();
  /** How far its clock is off. */
  skewMs = 0;
  /** Which life this is: what an earlier one asked for no longer counts. */
  life = 0;
  /** What the last step gave. */
  last: Outcome | null = null;
  readonly #world: Around;
  readonly #role: Role<State, Event>;
  #state: State | null = null;
  #disk = new MemoryRows();
  #flushedAtMs = 0;
  #alarm = 0;

  /** Places a node in a world. */
  constructor(world: Around, name: string, role: Role<State, Event>) {
    this.#world = world;
    this.name = name;
    this.#role = role;
  }

  /** The state, for checkers; `null` while there is none. */
  get state(): State | null {
    return this.#state;
  }

  /** The time that the node's clock shows. */
  get nowMs(): number {
    return this.#world.agenda.nowMs + this.skewMs;
  }

  /** Runs an event, and returns the frames that it replied with; `null` when the node died of it. */
  run(event: Event): Uint8Array[] | null {
    if (this.#state === null) {
      this.#state = this.#role.create();
      for (const first of this.#role.wake()) {
        if (this.#step(first) === null) return null;
      }
    }
    return this.#step(event);
  }

  /** Loses memory, and what was not durable. */
  crash(): void {
    this.life++;
    if (!this.#role.alarmSurvives) this.#alarm++;
    this.#state = null;
    this.#flushedAtMs = 0;
    this.rows = new MemoryRows();
    this.rows.write(this.#disk.snapshot());
  }

  #step(event: Event): Uint8Array[] | null {
    const { random } = this.#world;
    this.#world.count();
    const outcome = this.#role.step(this.#state!, event, {
      rows: this.rows,
      nowMs: this.nowMs,
      random: () => random.next(),
    });
    this.rows.write(outcome.writes);
    this.last = outcome;
    const flushMs = this.#role.flushMs();
    const replies: Uint8Array[] = [];
    if (flushMs === 0) {
      this.#keep(outcome.writes);
      if (this.#world.diesNow()) {
        this.crash();
        this.#world.fell(this.name);
        return null;
      }
      this.#perform(outcome.after, replies);
    } else this.#later(outcome, flushMs);
    return replies;
  }

  /** Writes become durable in order, and what comes after them leaves in order. */
  #later({ writes, after }: Outcome, flushMs: number): void {
    const { agenda } = this.#world;
    const { life } = this;
    this.#flushedAtMs = Math.max(this.#flushedAtMs, agenda.nowMs + flushMs);
    agenda.at(this.#flushedAtMs, () => {
      if (life !== this.life) return;
      this.#keep(writes);
      this.#perform(after, []);
    });
  }

  #keep(writes: readonly RowWrite[]): void {
    this.#disk.write(writes.filter(({ path }) => this.#role.keeps(path)));
  }

  #perform(after: readonly Output[], replies: Uint8Array[]): void {
    for (const output of after) {
      if (output.type === "reply") replies.push(output.bytes);
      else if (output.type === "alarm") this.#setAlarm(output.atMs);
      else this.#world.perform(this.name, output);
    }
  }

  #setAlarm(atMs: number | null): void {
    const alarm = ++this.#alarm;
    if (atMs === null) return;
    this.#world.agenda.at(atMs - this.skewMs, () => {
      if (alarm === this.#alarm) this.run(this.#role.alarm);
    });
  }
}
