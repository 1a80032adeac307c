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
import { OUTBOX_PATH } from "../../shared/node/client/pending.ts";
import type { Output } from "../../shared/node/outcome.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import { refuse } from "../../shared/protocol/fault_error.ts";
import type { App } from "../../shared/spec/app.ts";
import { closedError } from "./client_error.ts";
import type { Link, LinkMaker } from "./link.ts";
import type { RowStore } from "./row_store.ts";
import { Tab, writesOf } from "./tab.ts";
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
  /** Whose writes this tab sends: its own, and those of tabs that ended. */
  readonly #actors: string[];
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
    this.#actors = [actor];
    this.#onChange = onChange;
    this.#tab = new Tab(app, zone, ports.store, ports.locks);
    this.#queue = new WriteQueue(ports.store, {
      rowsKept: () => this.#rowsKept(),
      perform: (output) => this.#perform(output),
      storageFailed: (reason) => this.#storageFailed(reason),
    });
    this.#link = ports.link((event) => this.#happen(event));
    this.#wakes = ports.wake;
  }

  /** Reads what is stored, and boots over it. */
  async start(paths: readonly string[]): Promise<void> {
    let adopted: readonly string[] = [];
    try {
      const { actors, rows } = await inTime(this.#tab.start(
        this.state.author.actor,
        () => this.#queue.replace((path) => this.#tab.isBase(path)),
        (actor) => void this.#adopt(actor),
      ));
      this.rows.write(rows);
      adopted = actors;
    } catch (error) {
      this.#queue.fail(error);
      this.#tab.close();
    }
    if (this.isClosed) throw closedError();
    this.#actors.push(...adopted);
    this.step({ type: "boot", actors: adopted });
    this.step({ type: "observe", paths });
    this.#stopWaking = this.#wakes(() => this.#wake());
    this.#booted.resolve();
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
    const outcome = this.#run(event);
    const { actor } = this.state.author;
    if (!this.#actors.includes(actor)) {
      // The master knows another by this tab's name, so the step took a new one.
      this.#actors.push(actor);
      void this.#tab.own(actor);
    }
    this.rows.write(outcome.writes);
    const handle = this.#handles.made(outcome.written, actor);
    const kept = outcome.writes.filter(({ path }) => this.#tab.keeps(path));
    this.#queue.push(kept, outcome.after);
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

  #run(event: ClientEvent): ClientOutcome {
    this.#stepping = true;
    try {
      return stepClient(this.state, event, {
        rows: this.rows,
        nowMs: Date.now(),
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
    const { app, zone, link, observed } = this.state;
    const actors = this.#actors;
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
      case "alarm":
        return this.#setAlarm(output.atMs);
      case "settled":
        return this.#handles.settled(output);
      case "renumbered":
        return this.#handles.renumbered(output);
    }
  }

  #setAlarm(atMs: number | null): void {
    clearTimeout(this.#timer);
    if (atMs === null) return;
    // A timer may be short of a far time, and run a little early.
    const ring = () =>
      Date.now() < atMs
        ? this.#setAlarm(atMs)
        : this.#happen({ type: "alarm" });
    this.#timer = setTimeout(ring, Math.min(atMs - Date.now(), TIMER_MS_MAX));
  }

  #wake(): void {
    this.#happen({ type: "wake" });
    if (!this.#queue.isDurable) return;
    this.#tab.claim((actor) => void this.#adopt(actor)).then(
      (actors) => actors.forEach((actor) => void this.#adopt(actor)),
      (error) => this.#queue.fail(error),
    );
  }

  /** Takes over the writes of a tab that has ended, as it has left them. */
  async #adopt(actor: string): Promise<void> {
    await this.#booted.promise;
    try {
      const stored = await this.#tab.readWrites(actor);
      const stale = this.rows.range(OUTBOX_PATH, writesOf(actor)).map((
        row,
      ) => ({
        ...row,
        path: OUTBOX_PATH,
        body: null,
      }));
      this.rows.write([...stale, ...stored]);
    } catch (error) {
      return this.#queue.fail(error);
    }
    this.#actors.push(actor);
    this.#happen({ type: "adopt", actor });
  }

  #rowsKept(): RowWrite[] {
    return this.rows.snapshot().filter(({ path, key }) =>
      this.#tab.keeps(path) && (path !== OUTBOX_PATH ||
        this.#actors.some((actor) => key.startsWith(`${actor}/`)))
    );
  }

  #storageFailed(reason: string): void {
    this.storageFault = reason;
    this.#tab.dropBase();
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new DOMException("storage does not answer", "TimeoutError");
    timer = setTimeout(() => reject(error), STORAGE_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
