/**
 * Runs the step of a client: hands it events one at a time, keeps its rows in
 * RAM, tells the app at once, and performs what it asks for when it is stored.
 *
 * @module
 */

import type { ClientState } from "../../shared/node/client/state.ts";
import {
  type ClientEvent,
  type ClientOutcome,
  newClient,
  stepClient,
} from "../../shared/node/client/step.ts";
import { actorOf, OUTBOX_PATH } from "../../shared/node/client/pending.ts";
import { REJECTED_PATH } from "../../shared/node/client/stored.ts";
import type { Output } from "../../shared/node/outcome.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import { refuse } from "../../shared/protocol/fault_error.ts";
import type { App } from "../../shared/spec/app.ts";
import { closedError } from "./client_error.ts";
import type { Link, LinkMaker } from "./link.ts";
import type { RowStore } from "./row_store.ts";
import { Tab } from "./tab.ts";
import type { TabChannelMaker, TabHint } from "./tab_channel.ts";
import type { TabLocks } from "./tab_locks.ts";
import { type WriteHandle, WriteHandles } from "./write_handles.ts";
import { WriteQueue } from "./write_queue.ts";

const STORAGE_MS_MAX = 5_000;
const TIMER_MS_MAX = 2 ** 31 - 1;

/** What a client runs on. */
export interface ClientPorts {
  /** Where rows outlive the page. */
  readonly store: RowStore;
  /** What the tabs agree by. */
  readonly locks: TabLocks;
  /** What the tabs tell one another. */
  readonly tabs: TabChannelMaker;
  /** The way to the server. */
  readonly link: LinkMaker;
  /** Calls `onWake` when the page is looked at again or the network is back; returns what ends it. */
  readonly wake: (onWake: () => void) => () => void;
}

/** What became of a step, for those who show it. */
export type Changes = Pick<ClientOutcome, "changed" | "statusChanged">;

/** A client's memory with everything around it. */
export class ClientRunner {
  /** The client's memory. */
  state: ClientState;
  /** Its rows, in RAM. */
  readonly rows: MemoryRows = new MemoryRows();
  /** Why nothing is stored; `null` while it is. */
  storageFault: string | null = null;
  /** Whether the client is closed. */
  isClosed = false;
  readonly #onChange: (changes: Changes) => void;
  readonly #tab: Tab;
  readonly #queue: WriteQueue;
  readonly #link: Link;
  readonly #handles = new WriteHandles();
  readonly #wakes: ClientPorts["wake"];
  readonly #booted = Promise.withResolvers<void>();
  /** The reading of what other tabs have stored: one at a time, in order. */
  #syncing: Promise<void> = this.#booted.promise;
  #stopWaking = () => {};
  #closing: Promise<void> | null = null;
  #stepping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Sets a client of a zone up; nothing runs before `start`. */
  constructor(
    app: App,
    zone: string,
    ports: ClientPorts,
    onChange: (changes: Changes) => void,
  ) {
    const actor = freshActor();
    this.state = newClient(app, zone, actor, actor);
    this.#onChange = onChange;
    const { store, locks } = ports;
    const channel = ports.tabs((hint) => this.#sync(hint));
    this.#tab = new Tab(app, zone, store, locks, channel);
    this.#queue = new WriteQueue(store, {
      rowsKept: () => this.#rowsKept(),
      stored: (writes) => this.#tab.tell(writes),
      perform: (output) => this.#perform(output),
      storageFailed: (reason) => this.#storageFailed(reason),
    });
    this.#link = ports.link((event) => this.#happen(event));
    this.#wakes = ports.wake;
  }

  /** Reads what is stored, and boots over it. */
  async start(paths: readonly string[]): Promise<void> {
    try {
      const rows = await inTime(this.#tab.start(
        this.state.author.actor,
        () => this.#queue.replace((path) => !this.#tab.shared.has(path)),
      ));
      this.rows.write(rows);
    } catch (error) {
      this.#queue.fail(error);
    }
    if (this.isClosed) throw closedError();
    this.step({ type: "boot", actors: [] });
    this.step({ type: "observe", paths });
    this.#stopWaking = this.#wakes(() => this.#wake());
    this.#booted.resolve();
    this.#catchUp();
  }

  /** One event; throws, and changes nothing, what the step refuses. */
  step(event: ClientEvent): WriteHandle {
    if (this.isClosed) throw closedError();
    if (this.#stepping) {
      refuse(
        "forbidden",
        "client",
        "a call from within a write or a computation",
        "one after it",
      );
    }
    const nowMs = Date.now();
    const outcome = this.#run(event, nowMs);
    const { actor } = this.state.author;
    // Another name, if the master knows another tab by the one there was.
    void this.#tab.own(actor);
    this.rows.write(outcome.writes);
    const handle = this.#handles.made(outcome.written, actor);
    // What came from the store goes there no more: it may be gone by now.
    const kept = event.type === "others"
      ? []
      : outcome.writes.filter(({ path }) => this.#tab.keeps(path));
    this.#queue.push(kept, outcome.after);
    this.#setAlarm(outcome.after, nowMs);
    this.#onChange(outcome);
    return handle;
  }

  /** Closes the link; resolves when everything is stored and the tab's locks are free. */
  close(): Promise<void> {
    if (this.#closing) return this.#closing;
    this.step({ type: "close" });
    this.isClosed = true;
    return this.#closing = this.#end();
  }

  async #end(): Promise<void> {
    this.#stopWaking();
    await this.#queue.close();
    clearTimeout(this.#timer);
    this.#tab.close();
    this.#handles.close();
  }

  #run(event: ClientEvent, nowMs: number): ClientOutcome {
    this.#stepping = true;
    try {
      return stepClient(this.state, event, {
        rows: this.rows,
        nowMs,
        random: Math.random,
      });
    } finally {
      this.#stepping = false;
    }
  }

  /** An event that no caller made: a step that it breaks is begun anew. */
  #happen(event: ClientEvent): void {
    if (this.isClosed) return;
    try {
      this.step(event);
    } catch (error) {
      reportError(error);
      this.#restart();
    }
  }

  /** Forgets the memory, and boots over the rows as they are. */
  #restart(): void {
    const { app, zone, link, observed, outbox } = this.state;
    const actors = [...outbox.actors];
    const actor = freshActor();
    this.#link.hangUp();
    this.state = newClient(app, zone, actor, actor);
    // What broke the step may come again: the link waits as after a lost one.
    Object.assign(this.state.link, {
      phase: "dialing",
      attempts: link.attempts,
    });
    this.step({ type: "boot", actors });
    this.step({ type: "observe", paths: [...observed] });
    this.step({ type: "unlinked", fault: null });
    this.#onChange({ changed: new Set(app.vars.keys()), statusChanged: true });
  }

  #perform(output: Output): void {
    switch (output.type) {
      case "dial":
        return this.#link.dial();
      case "send":
        return this.#link.send(output.bytes);
      case "ping":
        return this.#link.ping();
      case "hang-up":
        return this.#link.hangUp();
      case "settled":
        return this.#handles.settled(output);
      case "renumbered":
        return this.#handles.renumbered(output);
    }
  }

  /** An alarm waits for no store: by then the clock may be another. */
  #setAlarm(after: readonly Output[], nowMs: number): void {
    for (const output of after) {
      if (output.type !== "alarm") continue;
      clearTimeout(this.#timer);
      const { atMs } = output;
      if (atMs === null) continue;
      const ring = () => this.#happen({ type: "alarm" });
      this.#timer = setTimeout(ring, Math.min(atMs - nowMs, TIMER_MS_MAX));
    }
  }

  #wake(): void {
    this.#happen({ type: "wake" });
    this.#catchUp();
  }

  /** Takes in what other tabs have stored; adopts the writes of one that has ended. */
  #sync(hint: TabHint, hasEnded = false): void {
    const sync = async () => {
      const { actor, path, range } = hint;
      const stored = await this.#tab.read(path, range, this.rows);
      if (this.storageFault !== null) return;
      // A refused write that this tab adds or takes away is not stored so yet.
      const rows = stored.filter((row) =>
        path !== REJECTED_PATH || !this.#queue.holds(row)
      );
      this.#happen({ type: "others", rows });
      if (hasEnded) return this.#happen({ type: "adopt", actor });
      const authors = path === OUTBOX_PATH
        ? rows.map(({ key }) => actorOf(key))
        : [];
      this.#tab.awaitEnd([actor, ...authors], (left) => this.#sync(left, true));
    };
    // What cannot be read was not worth telling.
    this.#syncing = this.#syncing.then(sync).catch(() => {});
  }

  /** Takes in all that is shared: what was told to a page that slept may be lost. */
  #catchUp(): void {
    const { actor } = this.state.author;
    for (const path of this.#tab.shared) {
      this.#sync({ actor, path, range: WHOLE });
    }
  }

  #rowsKept(): RowWrite[] {
    return this.rows.snapshot().filter(({ path, key }) =>
      this.#tab.keeps(path) &&
      (path !== OUTBOX_PATH || this.state.outbox.actors.has(actorOf(key)))
    );
  }

  /**
   * From here on nothing is heard of other tabs, so their writes leave the view,
   * each when the server has told of it; what this one has left in the store,
   * one of them sends, for it would stand there unanswered.
   */
  #storageFailed(reason: string): void {
    this.storageFault = reason;
    this.#tab.close();
    const shown = this.rows.range(OUTBOX_PATH, WHOLE)
      .map((row) => ({ ...row, path: OUTBOX_PATH, body: null }));
    if (shown.length > 0) this.#happen({ type: "others", rows: shown });
    this.#onChange({ changed: new Set(), statusChanged: true });
  }
}

/** An id that no tab has had: ASCII without a slash. */
function freshActor(): string {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return [...words].map((word) => word.toString(36)).join("");
}

/** Storage that does not answer is storage that does not work. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const error = new DOMException("storage does not answer", "TimeoutError");
  const timer = setTimeout(late.reject, STORAGE_MS_MAX, error);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
