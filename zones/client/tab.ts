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

import {
  actorOf,
  OUTBOX_PATH,
  writesOf,
} from "../../shared/node/client/pending.ts";
import { REJECTED_PATH } from "../../shared/node/client/stored.ts";
import { equalBytes } from "../../shared/codec/byte_order.ts";
import type { RowView, RowWrite } from "../../shared/ports/rows.ts";
import type { App } from "../../shared/spec/app.ts";
import type { RowStore } from "./row_store.ts";
import type { StoredRange, TabChannel } from "./tab_channel.ts";
import type { TabLocks } from "./tab_locks.ts";

const BASE_LOCK = "base";

/** What this tab may store, whose writes it sends, and what it hears of the others. */
export class Tab {
  readonly #store: RowStore;
  readonly #locks: TabLocks;
  readonly #channel: TabChannel;
  /** The paths of what is shared. */
  readonly #shared: ReadonlySet<string>;
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
    this.#shared = new Set([
      OUTBOX_PATH,
      REJECTED_PATH,
      ...own.map(({ path }) => path),
    ]);
  }

  /** All that is shared. */
  get shared(): StoredRange[] {
    return [...this.#shared].map((path) => [path, "", null]);
  }

  /** Whether this tab stores the rows of a path. */
  keeps(path: string): boolean {
    return this.#holdsBase || !this.isBase(path);
  }

  /** Whether the rows of a path came from above, or tell how far they go. */
  isBase(path: string): boolean {
    return !this.#shared.has(path);
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
    this.#introduce();
  }

  /** Waits for the tabs of the actors whose writes these ranges tell of. */
  await(
    ranges: Iterable<StoredRange>,
    onEnded: (actor: string) => void,
  ): void {
    for (const [path, key] of ranges) {
      const actor = actorOf(key);
      if (path !== OUTBOX_PATH || !actor || this.#actors.has(actor)) continue;
      this.#actors.add(actor);
      this.#locks.wait(lockOf(actor), () => onEnded(actor));
      // Whoever is new here has not heard of this tab.
      this.#introduce();
    }
  }

  /** Tells the others of rows that are stored now. */
  tell(writes: readonly RowWrite[]): void {
    const shared = writes.filter(({ path }) => !this.isBase(path));
    const ranges = [...Map.groupBy(shared, ({ path }) => path)].map(
      ([path, rows]): StoredRange => {
        const keys = rows.map(({ key }) => key).sort();
        return [path, keys[0]!, `${keys.at(-1)}~`];
      },
    );
    if (ranges.length > 0) this.#channel.tell(ranges);
  }

  /** The rows of a range that are otherwise in the store than in RAM. */
  async differing(
    [path, from, to]: StoredRange,
    ram: RowView,
  ): Promise<RowWrite[]> {
    const stored = await this.#store.read(path, { from, to });
    const keys = new Set(stored.map(({ key }) => key));
    const gone = ram.range(path, { from, to })
      .filter(({ key }) => !keys.has(key))
      .map((row) => ({ ...row, path, body: null }));
    const others = stored.filter(({ key, body }) => {
      const held = ram.get(path, key)?.body;
      return !held || !body || !equalBytes(held, body);
    });
    return [...gone, ...others];
  }

  /** Lets another tab store the base. */
  dropBase(): void {
    this.#holdsBase = false;
    this.#locks.drop(BASE_LOCK);
  }

  /** Gives everything up. */
  close(): void {
    this.#locks.close();
    this.#channel.close();
  }

  #introduce(): void {
    this.#channel.tell([rangeOf(this.#own)]);
  }
}

/** Where the writes of an actor stand. */
export function rangeOf(actor: string): StoredRange {
  const { from, to } = writesOf(actor);
  return [OUTBOX_PATH, from, to];
}

function lockOf(actor: string): string {
  return `actor/${actor}`;
}
