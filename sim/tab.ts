/**
 * One life of a tab over the store of its browser. It does what the shell does
 * there, which awaits promises where this waits for the agenda: what is stored
 * and told is `zones/client/tab.ts`, what is read and adopted is `#sync` of
 * `zones/client/client_runner.ts`, and how rows are joined in the store is
 * `zones/client/adapters/indexed_db.ts`.
 *
 * @module
 */

import type { ClientEvent } from "../shared/node/client/client_event.ts";
import {
  actorOf,
  OUTBOX_PATH,
  writesOf,
} from "../shared/node/client/pending.ts";
import { privateJoin } from "../shared/node/client/private_rows.ts";
import { REJECTED_PATH } from "../shared/node/client/stored.ts";
import { WHOLE } from "../shared/node/var_rows.ts";
import type { RowView, RowWrite } from "../shared/ports/rows.ts";
import type { App } from "../shared/spec/app.ts";
import type { TabHint } from "../zones/client/tab_channel.ts";
import type { Device, Hearer } from "./device.ts";

const BASE_LOCK = "base";

/** The client that a tab serves. */
export interface TabOwner {
  /** Its rows, in RAM. */
  readonly rows: RowView;
  /** Whether what is told now is lost on it. */
  readonly isAsleep: boolean;
  /** Whether a row of its own is on its way to the store. */
  isStoring(row: RowWrite): boolean;
  /** Puts its rows of some paths in the place of those that are stored. */
  replace(clears: (path: string) => boolean): void;
  /** Something happens to it. */
  run(event: ClientEvent): void;
}

/** What is to be read of the store, and why. */
interface Reading {
  readonly hint: TabHint;
  readonly hasEnded: boolean;
}

/** A tab that lives. */
export class Tab implements Hearer {
  readonly #device: Device;
  readonly #app: App;
  readonly #zone: string;
  readonly #owner: TabOwner;
  readonly #shared: ReadonlySet<string>;
  /** Actors whose lock this tab holds or waits for. */
  readonly #actors = new Set<string>();
  /** Readings of the store: one at a time, in order. */
  readonly #readings: Reading[] = [];
  #own = "";
  #holdsBase = false;
  #isStored = true;

  /** Opens a tab. */
  constructor(device: Device, app: App, zone: string, owner: TabOwner) {
    this.#device = device;
    this.#app = app;
    this.#zone = zone;
    this.#owner = owner;
    const own = app.zones.get(zone)!.vars.filter((v) => v.kind === "source");
    const paths = own.map(({ path }) => path);
    this.#shared = new Set([REJECTED_PATH, OUTBOX_PATH, ...paths]);
    device.tabs.add(this);
  }

  /** Whether this tab stores the rows of a path. */
  keeps(path: string): boolean {
    return this.#holdsBase || this.#shared.has(path);
  }

  /** Whether what it writes is stored. */
  get isStored(): boolean {
    return this.#isStored;
  }

  /** Takes the locks that are free; returns whose writes are its to send. */
  start(actor: string): string[] {
    const { locks, disk } = this.#device;
    this.own(actor);
    this.#holdsBase = locks.take(BASE_LOCK, this);
    if (!this.#holdsBase) {
      locks.wait(BASE_LOCK, this, () => this.#takeBase());
    }
    const authors = disk.look(OUTBOX_PATH, WHOLE).map(({ key }) =>
      actorOf(key)
    );
    const left = [...new Set(authors)].filter((author) =>
      locks.take(lockOf(author), this)
    );
    for (const author of left) this.#actors.add(author);
    this.catchUp();
    return left;
  }

  /** Holds the lock of this tab's actor, and tells the others of it. */
  own(actor: string): void {
    if (this.#own === actor || !this.#isStored) return;
    this.#own = actor;
    this.#actors.add(actor);
    this.#device.locks.take(lockOf(actor), this);
    this.#tell();
  }

  /** Stores what a step wrote, and tells the others of it. */
  store(
    writes: readonly RowWrite[],
    clears: ((path: string) => boolean) | null,
  ): void {
    if (!this.#isStored) return;
    const { disk } = this.#device;
    const joinOf = (path: string) => privateJoin(this.#app, this.#zone, path);
    if (!disk.write(writes, { joinOf, clears })) return this.#fail();
    for (const path of this.#shared) {
      const keys = writes.filter((write) => write.path === path)
        .map(({ key }) => key).sort();
      const [from] = keys;
      if (from !== undefined) this.#tell(path, from, `${keys.at(-1)}~`);
    }
  }

  /** Takes in all that is shared: what was told meanwhile may be lost. */
  catchUp(): void {
    // Who was always alone has stored all that is there.
    if (this.#device.opened === 0 || !this.#isStored) return;
    for (const path of this.#shared) {
      this.#sync({ actor: this.#own, path, range: WHOLE });
    }
  }

  /** Takes in what another tab has told of, unless this one is asleep. */
  hear(hint: TabHint): void {
    if (!this.#owner.isAsleep) this.#sync(hint);
  }

  /** Is gone, however that came. */
  end(): void {
    this.#device.tabs.delete(this);
    this.#device.locks.dropAll(this);
  }

  /** From here on there is RAM only, and what it has left in the store others send. */
  #fail(): void {
    this.#isStored = false;
    this.end();
    const { rows } = this.#owner;
    this.#owner.run({ type: "others", rows: outboxGone(rows) });
  }

  #takeBase(): void {
    this.#device.later(this, () => {
      this.#holdsBase = true;
      this.#owner.replace((path) => !this.#shared.has(path));
    });
  }

  #sync(hint: TabHint, hasEnded = false): void {
    this.#readings.push({ hint, hasEnded });
    if (this.#readings.length === 1) this.#read();
  }

  #read(): void {
    const [reading] = this.#readings;
    if (!reading) return;
    const { path, range } = reading.hint;
    this.#device.later(this, () => {
      const stored = this.#device.disk.look(path, range);
      this.#device.later(this, () => {
        this.#take(reading, stored);
        this.#readings.shift();
        if (this.#device.tabs.has(this)) this.#read();
      });
    });
  }

  #take({ hint, hasEnded }: Reading, stored: readonly RowWrite[]): void {
    const owner = this.#owner;
    const { actor, path, range } = hint;
    const keys = new Set(stored.map(({ key }) => key));
    const gone = owner.rows.range(path, range)
      .filter(({ key }) => !keys.has(key))
      .map((row) => ({ ...row, path, body: null }));
    const rows = [...stored, ...gone]
      .filter((row) => path !== REJECTED_PATH || !owner.isStoring(row));
    owner.run({ type: "others", rows });
    if (!this.#device.tabs.has(this)) return;
    if (hasEnded) return owner.run({ type: "adopt", actor });
    const authors = path === OUTBOX_PATH
      ? rows.map(({ key }) => actorOf(key))
      : [];
    this.#awaitEnd([actor, ...authors]);
  }

  #awaitEnd(actors: readonly string[]): void {
    for (const actor of actors) {
      if (this.#actors.has(actor)) continue;
      this.#actors.add(actor);
      const left = { actor, path: OUTBOX_PATH, range: writesOf(actor) };
      const adopt = () => this.#sync(left, true);
      this.#device.locks.wait(lockOf(actor), this, adopt);
      // Whoever is new here has not heard of this tab.
      this.#tell();
    }
  }

  #tell(path = OUTBOX_PATH, from = "", to = from): void {
    this.#device.tell(this, { actor: this.#own, path, range: { from, to } });
  }
}

/** All unanswered writes as gone: a client heeds it of other tabs' alone. */
function outboxGone(rows: RowView): RowWrite[] {
  return rows.range(OUTBOX_PATH, WHOLE)
    .map((row) => ({ ...row, path: OUTBOX_PATH, body: null }));
}

function lockOf(actor: string): string {
  return `actor/${actor}`;
}
