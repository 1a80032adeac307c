/**
 * One tab among those of a browser that share a store.
 *
 * Each tab numbers its writes under an actor id of its own, made at its start
 * and held under the lock `actor/<id>` for as long as the tab lives. Rows of
 * the outbox whose actor's lock is free were left behind by a tab that ended:
 * whoever gets the lock sends them. A tab asks for those locks when it starts
 * and whenever it is looked at again, and waits for the ones that are held.
 *
 * Each tab has a link and a base of its own in RAM, but only the one that
 * holds the lock `base` stores its base, so that cursors and rows in storage
 * are always of one tab. When the lock comes over, the next tab replaces what is
 * stored by what it has. What a user did is never replaced so: the outbox, the
 * refused writes and the private vars are stored by every tab, row by row.
 *
 * Where there are no locks, a tab acts as if it were the only one.
 *
 * @module
 */

import { OUTBOX_PATH } from "../../shared/node/client/pending.ts";
import { REJECTED_PATH } from "../../shared/node/client/stored.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { KeyRange, RowWrite } from "../../shared/ports/rows.ts";
import type { App } from "../../shared/spec/app.ts";
import type { RowStore } from "./row_store.ts";
import type { TabLocks } from "./tab_locks.ts";

const BASE_LOCK = "base";

/** What a tab takes over when it starts. */
export interface TabStart {
  /** Actors whose unanswered writes are this tab's to send. */
  readonly actors: readonly string[];
  /** Everything that is stored. */
  readonly rows: readonly RowWrite[];
}

/** What this tab may store, and whose writes it sends. */
export class Tab {
  readonly #app: App;
  readonly #zone: string;
  readonly #store: RowStore;
  readonly #locks: TabLocks;
  /** Actors whose lock this tab holds or waits for. */
  readonly #actors = new Set<string>();
  #holdsBase = false;

  /** One tab of a client zone. */
  constructor(app: App, zone: string, store: RowStore, locks: TabLocks) {
    this.#app = app;
    this.#zone = zone;
    this.#store = store;
    this.#locks = locks;
  }

  /** Whether this tab stores the rows of a path. */
  keeps(path: string): boolean {
    return this.#holdsBase || !this.isBase(path);
  }

  /** Whether the rows of a path came from above, or tell how far they go. */
  isBase(path: string): boolean {
    const variable = this.#app.vars.get(path);
    const isPrivate = variable?.kind === "source" &&
      variable.zone === this.#zone;
    return path !== OUTBOX_PATH && path !== REJECTED_PATH && !isPrivate;
  }

  /** Takes the locks that are free, then reads everything: nothing stored can change in between. */
  async start(
    actor: string,
    onBase: () => void,
    onEnded: (actor: string) => void,
  ): Promise<TabStart> {
    await this.own(actor);
    this.#holdsBase = await this.#locks.take(BASE_LOCK);
    const actors = await this.claim(onEnded);
    const rows = await this.#store.load();
    if (!this.#holdsBase) {
      this.#locks.wait(BASE_LOCK, () => {
        this.#holdsBase = true;
        onBase();
      });
    }
    return { actors, rows };
  }

  /** Holds the lock of an actor of this tab's own making. */
  async own(actor: string): Promise<void> {
    this.#actors.add(actor);
    await this.#locks.take(lockOf(actor));
  }

  /** Actors with stored writes whose tab has ended; waits for the tabs of the others. */
  async claim(onEnded: (actor: string) => void): Promise<string[]> {
    const writes = await this.#store.read(OUTBOX_PATH, WHOLE);
    const ended: string[] = [];
    for (const actor of new Set(writes.map(({ key }) => actorOf(key)))) {
      if (this.#actors.has(actor)) continue;
      this.#actors.add(actor);
      if (await this.#locks.take(lockOf(actor))) ended.push(actor);
      else this.#locks.wait(lockOf(actor), () => onEnded(actor));
    }
    return ended;
  }

  /** The stored writes of an actor, as its tab has left them. */
  readWrites(actor: string): Promise<RowWrite[]> {
    return this.#store.read(OUTBOX_PATH, writesOf(actor));
  }

  /** Lets another tab store the base. */
  dropBase(): void {
    this.#holdsBase = false;
    this.#locks.drop(BASE_LOCK);
  }

  /** Gives everything up. */
  close(): void {
    this.#locks.close();
  }
}

/** Where the writes of an actor stand in the outbox. */
export function writesOf(actor: string): KeyRange {
  return { from: `${actor}/`, to: `${actor}0` };
}

function actorOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/"));
}

function lockOf(actor: string): string {
  return `actor/${actor}`;
}
