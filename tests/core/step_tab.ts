/**
 * A tab without a shell, for laws of the client's step: the step over its rows,
 * what it shows and what it sends.
 *
 * @module
 */

import { OUTBOX_PATH } from "../../shared/node/client/pending.ts";
import type { ClientState } from "../../shared/node/client/state.ts";
import {
  type ClientEvent,
  newClient,
  stepClient,
} from "../../shared/node/client/step.ts";
import { viewRows } from "../../shared/node/client/view.ts";
import { encodeRow } from "../../shared/node/row_body.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import type { Verdict } from "../../shared/protocol/live.ts";
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from "../../shared/protocol/message.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { app } from "../client/notes_app.ts";

const TAGS = {
  crdtType: "ORSet",
  valueType: "string",
  init: () => new Set<string>(),
  access: { using: () => true, withCheck: () => true },
};
const APP = parseAppSpec({
  ...app,
  zones: {
    ...app.zones,
    client: { ...app.zones.client, tags: { replica_of: "/db/tags" } },
    db: { ...app.zones.db, tags: TAGS },
  },
});
const NOTES = "/client/notes";
const DRAFT = "/client/draft";
const TAGS_SHOWN = "/client/tags";
const NOW_MS = 1_800_000_000_000;

/** A tab of the notes app. */
export class StepTab {
  /** Its memory. */
  readonly state: ClientState;
  /** Its rows. */
  readonly rows = new MemoryRows();
  /** What it has sent. */
  readonly sent: Message[] = [];
  /** How often it has dialed. */
  dials = 0;
  #nowMs: number;
  #live = 0;

  /** Boots a tab whose clock is wrong by so much. */
  constructor(actor: string, skewMs = 0) {
    this.#nowMs = NOW_MS + skewMs;
    this.state = newClient(APP, "client", actor, actor);
    this.run({ type: "boot", actors: [] });
    this.run({ type: "observe", paths: [NOTES, DRAFT] });
  }

  /** Runs an event; returns what it writes. */
  run(event: ClientEvent): readonly RowWrite[] {
    const { writes, after } = stepClient(this.state, event, {
      rows: this.rows,
      nowMs: this.#nowMs,
      random: () => 0.5,
    });
    this.rows.write(writes);
    for (const output of after) {
      if (output.type === "dial") this.dials++;
      if (output.type === "send") this.sent.push(decodeMessage(output.bytes));
    }
    return writes;
  }

  /** Writes a note; returns its row in the outbox. */
  put(key: string, value: string): RowWrite[] {
    const writes = this.run({
      type: "write",
      run: (tx) =>
        tx.mutate(NOTES, (notes) => notes.setValueForKey(key, value)),
    });
    return writes.filter(({ path }) => path === OUTBOX_PATH);
  }

  /** Adds a tag, or takes one away; returns its row in the outbox. */
  tag(what: "add" | "remove", tag: string): RowWrite[] {
    const writes = this.run({
      type: "write",
      run: (tx) => tx.mutate(TAGS_SHOWN, (tags) => tags[what](tag)),
    });
    return writes.filter(({ path }) => path === OUTBOX_PATH);
  }

  /** The tags that it shows. */
  get tags(): string[] {
    const variable = APP.vars.get(TAGS_SHOWN)!;
    const rows = viewRows(this.state, this.rows, variable);
    return [...rows.entries()].filter(([, row]) => variable.crdt.isLive(row))
      .map(([, row]) => String(variable.crdt.valueOf(row)));
  }

  /** Lets time go by; the alarm rings when it is due. */
  wait(ms: number): void {
    this.#nowMs += ms;
    if (this.state.alarmAtMs !== null && this.state.alarmAtMs <= this.#nowMs) {
      this.run({ type: "alarm" });
    }
  }

  /** Writes the draft; returns its row. */
  draft(text: string): readonly RowWrite[] {
    return this.run({
      type: "write",
      run: (tx) => tx.mutate(DRAFT, (draft) => draft.setValue(text)),
    });
  }

  /** Its link stands, and the server says what time it is. */
  connect(): void {
    this.#live = 0;
    this.run({ type: "linked" });
    this.#hear({
      type: "welcome",
      link: this.state.link.number,
      epoch: "epoch",
      timeMs: NOW_MS,
      claims: { sub: "ann" },
    });
  }

  /** The server says what became of writes, and which notes there are now. */
  live(verdicts: readonly Verdict[], notes: readonly RowWrite[]): void {
    const rows = notes.map(({ key, seq, body }) => ({ key, seq, body: body! }));
    const want = this.state.wants.get(NOTES)!.id;
    const rest = { gone: [], replace: null, next: null, digest: null };
    this.#hear({
      type: "live",
      link: this.state.link.number,
      number: ++this.#live,
      head: 1,
      epoch: "",
      timeMs: NOW_MS,
      verdicts,
      parts: [{ want, rows, ...rest }],
    });
  }

  /** The server has sent nothing that is not here. */
  checked(): void {
    const { number: link } = this.state.link;
    this.#hear({ type: "checked", link, number: this.#live });
  }

  /** What it has to send, as the rows that the master makes of it. */
  committed(): RowWrite[] {
    return this.state.outbox.all().flatMap(({ effects }) =>
      effects.map(({ variable: { crdt }, key, change, dot }) => {
        const row: unknown = crdt.apply(undefined, change, dot);
        const body = encodeRow(crdt, row);
        return { path: NOTES, key, seq: 1, body };
      })
    );
  }

  /** Its unanswered writes, as they are stored. */
  storedWrites(): RowWrite[] {
    return this.rows.snapshot().filter(({ path }) => path === OUTBOX_PATH);
  }

  /** The values of a var, by key. */
  shown(path: typeof NOTES | typeof DRAFT): Record<string, unknown> {
    const variable = APP.vars.get(path)!;
    const rows = viewRows(this.state, this.rows, variable);
    return Object.fromEntries(
      [...rows.entries()].map((
        [key, row],
      ) => [key, variable.crdt.valueOf(row)]),
    );
  }

  /** The numbers of the writes that it has sent, by actor. */
  pushed(): [actor: string, n: number][] {
    return this.sent.flatMap((message) =>
      message.type === "push" ? message.writes : []
    ).map(({ actor, n }) => [actor, n]);
  }

  #hear(message: Message): void {
    this.run({ type: "frame", bytes: encodeMessage(message) });
  }
}

/** The same rows, as they are when they are gone. */
export function gone(rows: readonly RowWrite[]): RowWrite[] {
  return rows.map((row) => ({ ...row, body: null }));
}
