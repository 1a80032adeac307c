/**
 * One tab among those of a browser that share a store.
 *
 * Each tab numbers its writes under an actor id of its own, made at its start
 * and held under the lock `actor/<id>` for as long as the tab lives. Tabs tell
 * one another their ids, and each waits for the locks of all others: whoever
 * gets one sends what that tab has left in the outbox.
 *
 * Each tab has a link and a base of its own in RAM, but only the one that
 * holds the lock `base` stores its base, so that cursors and rows in storage
 * are always of one tab. When the lock comes over, the next tab replaces what is
 * stored by what it has. What a user did is shared: the outbox, the refused
 * writes and the private vars are stored by every tab, row by row, and each
 * tells the others which rows it has stored, so that they read them there.
 *
 * Where there are no locks, a tab acts as if it were the only one.
 *
 * @module
 */

import { OUTBOX_PATH, writesOf } from "../../shared/node/client/pending.ts";
import { REJECTED_PATH } from "../../shared/node/client/stored.ts";
import type { KeyRange, RowView, RowWrite } from "../../shared/ports/rows.ts";
import type { App } from "../../shared/spec/app.ts";
import type { RowStore } from "./row_store.ts";
import type { TabChannel, TabHint } from "./tab_channel.ts";
import type { TabLocks } from "./tab_locks.ts";

const BASE_LOCK = "base";

/** What this tab may store, whose writes it sends, and what it hears of the others. */
export class Tab {
  /** The paths of what is no base: a refusal is told before its write is gone. */
  readonly shared: ReadonlySet<string>;
  readonly #store: RowStore;
  readonly #locks: TabLocks;
  readonly #channel: TabChannel;
  /** Actors whose lock this tab holds or waits for. */
  readonly #actors = new Set<string>();
  #own = "";
  #holdsBase = false;

  /** One tab of a client zone. */
  constructor(
    app: App,
    zone: string,
    store: RowStore,
    locks: TabLocks,
    channel: TabChannel,
  ) {
    this.#store = store;
    this.#locks = locks;
    this.#channel = channel;
    const { vars } = app.zones.get(zone)!;
    const own = vars.filter(({ kind }) => kind === "source");
    this.shared = new Set([
      REJECTED_PATH,
      OUTBOX_PATH,
      ...own.map(({ path }) => path),
    ]);
  }

  /** Whether this tab stores the rows of a path. */
  keeps(path: string): boolean {
    return this.#holdsBase || this.shared.has(path);
  }

  /** Takes the locks that are free, then reads everything: nothing stored can change in between. */
  async start(actor: string, onBase: () => void): Promise<RowWrite[]> {
    await this.own(actor);
    this.#holdsBase = await this.#locks.take(BASE_LOCK);
    const rows = await this.#store.load();
    if (!this.#holdsBase) {
      this.#locks.wait(BASE_LOCK, () => {
        this.#holdsBase = true;
        onBase();
      });
    }
    return rows;
  }

  /** Holds the lock of this tab's actor, and tells the others of it. */
  async own(actor: string): Promise<void> {
    if (this.#own === actor) return;
    this.#own = actor;
    this.#actors.add(actor);
    await this.#locks.take(lockOf(actor));
    this.#tell();
  }

  /** Waits until the tabs of these actors have ended, and says where they left writes. */
  awaitEnd(
    actors: Iterable<string>,
    onEnded: (left: TabHint) => void,
  ): void {
    for (const actor of actors) {
      if (this.#actors.has(actor)) continue;
      this.#actors.add(actor);
      const left = { actor, path: OUTBOX_PATH, range: writesOf(actor) };
      this.#locks.wait(lockOf(actor), () => onEnded(left));
      // Whoever is new here has not heard of this tab.
      this.#tell();
    }
  }

  /** Tells the others of rows that are stored now. */
  tell(writes: readonly RowWrite[]): void {
    for (const path of this.shared) {
      const keys = writes.filter((write) => write.path === path)
        .map(({ key }) => key).sort();
      const [from] = keys;
      if (from !== undefined) this.#tell(path, from, `${keys.at(-1)}~`);
    }
  }

  /** The rows of a range as they are stored; those that are in RAM alone, as gone. */
  async read(
    path: string,
    range: KeyRange,
    ram: RowView,
  ): Promise<RowWrite[]> {
    const stored = await this.#store.read(path, range);
    const keys = new Set(stored.map(({ key }) => key));
    const gone = ram.range(path, range).filter(({ key }) => !keys.has(key));
    return [...stored, ...gone.map((row) => ({ ...row, path, body: null }))];
  }

  /** Gives everything up. */
  close(): void {
    this.#locks.close();
    this.#channel.close();
  }

  #tell(path = OUTBOX_PATH, from = "", to = from): void {
    this.#channel.tell({ actor: this.#own, path, range: { from, to } });
  }
}

function lockOf(actor: string): string {
  return `actor/${actor}`;
}
