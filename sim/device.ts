/**
 * A browser of one user: the store, the locks and the channel that its tabs
 * share. A hint reaches who lives, late and in any order.
 *
 * @module
 */

import type { TabHint } from "../zones/client/tab_channel.ts";
import type { Agenda } from "./agenda.ts";
import { Disk } from "./disk.ts";
import { Locks } from "./locks.ts";

/** Who hears what other tabs tell. */
export interface Hearer {
  /** Another tab has told something. */
  hear(hint: TabHint): void;
}

/** What the tabs of one browser share. */
export class Device {
  /** What is stored. */
  readonly disk: Disk = new Disk();
  /** What the tabs agree by. */
  readonly locks: Locks<Hearer> = new Locks();
  /** The tabs that live. */
  readonly tabs: Set<Hearer> = new Set();
  /** How many tabs there have been beside the first: each has a name of its own. */
  opened = 0;
  /** The time. */
  readonly agenda: Agenda;
  readonly #delayMs: () => number;

  /** A browser without a tab; `delayMs` is how long it takes to tell or to read. */
  constructor(agenda: Agenda, delayMs: () => number) {
    this.agenda = agenda;
    this.#delayMs = delayMs;
  }

  /** Tells all other tabs. */
  tell(from: Hearer, hint: TabHint): void {
    for (const tab of this.tabs) {
      if (tab !== from) this.later(tab, () => tab.hear(hint));
    }
  }

  /** Does something for a tab a little later, if it lives then. */
  later(tab: Hearer, run: () => void): void {
    const { agenda, tabs } = this;
    agenda.at(agenda.nowMs + this.#delayMs(), () => {
      if (tabs.has(tab)) run();
    });
  }
}
