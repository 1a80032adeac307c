/**
 * What one event does to a client.
 *
 * @module
 */

import { refuse } from "../../protocol/fault_error.ts";
import { WRITE_BYTES_MAX } from "../../protocol/limits.ts";
import type { Authored, WireEffect } from "../../protocol/authored.ts";
import { DraftRows } from "../draft_rows.ts";
import { runComputation, visibleTo } from "../evaluate.ts";
import type { Output, Surroundings } from "../outcome.ts";
import { type EffectOnRow, wireEffect } from "../read_effects.ts";
import { ReadLog } from "../read_log.ts";
import { type ChangedRows, noteChange, recompute } from "./compute.ts";
import type { ClientWork } from "./client_work.ts";
import { LinkStep } from "./link_step.ts";
import {
  encodePending,
  makePending,
  OUTBOX_PATH,
  type Pending,
  pendingKey,
} from "./pending.ts";
import { changePrivate, privateJoin } from "./private_rows.ts";
import type { ClientState, Rejected } from "./state.ts";
import type { ClientOutcome } from "./client_event.ts";
import { again } from "./retry.ts";
import { REJECTED_PATH } from "./stored.ts";
import { Transaction } from "./transaction.ts";
import { refreshTables, shownAs, viewRows } from "./view.ts";

/** The work of one event. */
export class ClientStep implements ClientWork {
  /** The client's memory. */
  readonly state: ClientState;
  /** The event's surroundings. */
  readonly around: Surroundings;
  /** The base and the outbox, as this event leaves them. */
  readonly draft: DraftRows;
  /** What to do when it is durable. */
  readonly after: Output[] = [];
  /** Rows of the view that became others. */
  readonly changed: ChangedRows = new Map();
  /** Whether connection, outbox or refused writes became others. */
  statusChanged = false;
  /** The link upward, for this event. */
  readonly link: LinkStep;
  #written: { actor: string; n: number } | null = null;

  /** Begins the work of an event. */
  constructor(state: ClientState, around: Surroundings) {
    this.state = state;
    this.around = around;
    this.draft = new DraftRows(around.rows);
    this.link = new LinkStep(this);
  }

  /** Computes and demands these vars from now on. */
  observe(paths: readonly string[]): void {
    const { state } = this;
    for (const path of paths) {
      if (state.observed.has(path)) continue;
      state.observed.add(path);
      const variable = state.app.vars.get(path);
      if (!variable) continue;
      if (variable.kind === "derived" && variable.computerZone === state.zone) {
        this.observe(variable.dependsOn.map((dependency) => dependency.path));
      } else if (variable.kind !== "source" || variable.zone !== state.zone) {
        this.link.want(path);
      }
    }
  }

  /** Makes a write of what the app's mutators return. */
  write(run: (tx: Transaction) => void): void {
    const tx = new Transaction(this.state, this.draft);
    run(tx);
    this.author(tx.effects);
  }

  /** Puts effects down: those on the zone's own vars at once, the others in the outbox. */
  author(effects: readonly WireEffect[]): void {
    if (effects.length === 0) return;
    const { app, zone } = this.state;
    const own = effects.filter(({ path }) => privateJoin(app, zone, path));
    if (own.length > 0 && own.length < effects.length) {
      refuse(
        "forbidden",
        own[0]!.path,
        "a write of a private var and of a shared one",
        "two writes",
      );
    }
    if (own.length > 0) return this.#writeOwn(own);
    this.enqueue({ kind: "effects", stamp: this.state.clock.now(), effects });
  }

  /** Adds writes to the outbox: all of them, or none. */
  enqueue(...writes: readonly Authored[]): void {
    const { app, author: { actor, nextN }, link } = this.state;
    const seen = this.state.outbox.seenBy(actor);
    const pending = writes.map((authored, i) =>
      makePending(app, actor, nextN + i, authored, link.greeted, seen)
    );
    for (const { authored: { length } } of pending) {
      if (length <= WRITE_BYTES_MAX) continue;
      refuse(
        "too-large",
        "write",
        `${length} bytes`,
        `at most ${WRITE_BYTES_MAX}`,
      );
    }
    for (const one of pending) this.#add(one);
    this.#written = { actor, n: nextN };
    if (link.greeted) this.link.push();
  }

  #add(pending: Pending): void {
    const { author, clock, outbox } = this.state;
    const { actor, n, stamp, effects } = pending;
    author.nextN++;
    clock.observe(stamp);
    outbox.put(pending);
    this.store(pending);
    this.noteRows(effects);
    this.after.push({
      type: "settled",
      actor,
      n,
      level: "client",
      fault: null,
    });
    this.statusChanged = true;
  }

  /** Runs a computation of this zone, or sends the event to the zone that has it. */
  dispatch(path: string, payload: unknown): void {
    const { state } = this;
    const { app, zone, nodeId, author, clock, time } = state;
    if (!app.computations.has(path)) {
      refuse("unknown-path", path, "no computation", "the path of one");
    }
    if (!path.startsWith(`/${zone}/`)) {
      return this.enqueue({ kind: "event", stamp: clock.now(), path, payload });
    }
    const place = {
      app,
      zone,
      nodeId: author.actor,
      visible: visibleTo(app, zone, [], ""),
      nowMs: time.nowMs + clock.offsetMs,
      lastStamp: clock.last,
      rowsOf: (variable: Parameters<typeof viewRows>[2]) =>
        viewRows(state, this.draft, variable),
    };
    const session = { claims: state.claims ?? {}, signature: "" };
    const event = {
      nodeId,
      session,
      payload,
      id: `${author.actor}.${author.nextN}`,
    };
    const effects = runComputation(place, path, event, new ReadLog());
    this.author(effects.map((effect) => wireEffect(app, effect, author.actor)));
  }

  /** Takes a refused write off the list, and makes a new one of it. */
  dealt(rejected: Rejected, isRetried: boolean): void {
    const key = pendingKey(rejected.actor, rejected.n);
    // Another tab may have dealt with it.
    if (!this.draft.get(REJECTED_PATH, key)) return;
    if (isRetried) return this.enqueue(...again(this, rejected));
    this.draft.remove(REJECTED_PATH, key);
    this.statusChanged = true;
  }

  /** Stores a pending write. */
  store(pending: Pending): void {
    this.draft.put(OUTBOX_PATH, pending.key, 0, encodePending(pending));
  }

  /** Notes that rows of the view may be others, under each var that shows them. */
  noteRows(effects: readonly EffectOnRow[]): void {
    for (const { variable, key } of effects) {
      for (const { path } of shownAs(this.state, variable.path)) {
        noteChange(this.changed, path, key);
      }
    }
  }

  /** Ends the link, for good. */
  close(): void {
    this.link.close();
  }

  /** Recomputes what depends on what changed, and says what is to be done. */
  finish(): ClientOutcome {
    const { state, draft } = this;
    refreshTables(state, draft, this.changed);
    recompute(state, draft, this.changed);
    this.link.finish();
    return {
      writes: draft.writes(),
      after: this.after,
      changed: new Set(this.changed.keys()),
      statusChanged: this.statusChanged,
      written: this.#written,
    };
  }

  #writeOwn(effects: readonly WireEffect[]): void {
    // Not one of the numbers that the master counts: it would see a hole.
    const actor = `own ${this.state.author.actor}`;
    const n = ++this.state.lastOwn;
    changePrivate(this, effects, { actor: this.state.author.actor, n });
    this.#written = { actor, n };
    for (const level of ["client", "db"] as const) {
      this.after.push({ type: "settled", actor, n, level, fault: null });
    }
  }
}
