/**
 * The shipped master over any store, at any time: what a test pushes is encoded,
 * judged, committed and answered as a server node's batch is.
 *
 * @module
 */

import { Writer } from "../../shared/codec/writer.ts";
import type { Dot } from "../../shared/crdt/contract.ts";
import { elementKey } from "../../shared/crdt/element_key.ts";
import type { ORSetRow } from "../../shared/crdt/or_set_row.ts";
import { HLC_TICKS_PER_MS } from "../../shared/crdt/hlc.ts";
import type { MasterState } from "../../shared/node/master/state.ts";
import {
  type MasterEvent,
  newMaster,
  stepMaster,
} from "../../shared/node/master/step.ts";
import { encodeAuthored } from "../../shared/node/read_effects.ts";
import { decodeRow, encodeChange } from "../../shared/node/row_body.ts";
import type { RowView, RowWrite } from "../../shared/ports/rows.ts";
import type { Live, Verdict } from "../../shared/protocol/live.ts";
import { decodeMessage, encodeMessage } from "../../shared/protocol/message.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import type { Want } from "../../shared/protocol/want.ts";
import type { App } from "../../shared/spec/app.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";

const NODE = "space/0";
const everyone = { using: () => true, withCheck: () => true };

/** Notes of which `init` gives one, tags, labels of which one is refused, and an event that makes a note of its own each time. */
const spec: AppSpec = {
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map([["given", "by init"]]),
        access: everyone,
      },
      tags: {
        crdtType: "GSet",
        valueType: "string",
        init: () => new Set(),
        access: everyone,
      },
      labels: {
        crdtType: "ORSet",
        valueType: "string",
        init: () => [],
        access: { ...everyone, withCheck: (_, { value }) => value !== "bad" },
      },
      visits: {
        crdtType: "PNCounter",
        valueType: "number",
        init: () => 0,
        access: everyone,
      },
      note_time: (node, event) => {
        const timestamp = node.getTimestamp();
        const row = { nodeId: node.id, timestamp, value: event.payload };
        const msg = new Map([[`at ${timestamp}`, row]]);
        return { nodeId: event.nodeId, path: "/db/notes", msg };
      },
    },
    client: { notes: { replica_of: "/db/notes" } },
  },
  channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
};

/** The app that runs on the bench. */
const app: App = parseAppSpec(spec);

/** A store that can be written. */
export interface BenchRows extends RowView {
  /** Writes and deletes rows, in this order. */
  write(writes: readonly RowWrite[]): void;
}

/** A master on the bench. */
export class BenchMaster {
  /** Its time. */
  nowMs: number;
  /** Its store. */
  readonly rows: BenchRows;
  /** What the last event wrote. */
  written: readonly RowWrite[] = [];
  #state: MasterState = newMaster(app);
  #link = 0;

  /** Wakes a master over a store. */
  constructor(rows: BenchRows, nowMs: number) {
    this.rows = rows;
    this.nowMs = nowMs;
    this.wake();
  }

  /** Loses its memory, and says hello to its server node again. */
  wake(): void {
    this.#state = newMaster(app);
    this.#run({ type: "boot" });
    this.hello([]);
  }

  /** The identity of its history. */
  get epoch(): string {
    return this.#state.epoch;
  }

  /** What it answers to a hello that wants this. */
  hello(wants: readonly Want[]): Live[] {
    return this.#call(encodeMessage({
      type: "hello",
      protocol: PROTOCOL_VERSION,
      specHash: app.hash,
      node: NODE,
      link: ++this.#link,
      seen: 0,
      wants,
    }));
  }

  /** What it answers to one write. */
  push(write: PushedWrite): Verdict {
    const push = { type: "push", link: this.#link, writes: [write] } as const;
    const verdicts = this.#call(encodeMessage(push))
      .flatMap((live) => live.verdicts);
    return verdicts[0]!;
  }

  /** A write of notes, made now unless said otherwise; `null` removes one. */
  notes(
    actor: string,
    n: number,
    values: Readonly<Record<string, string | null>>,
    stamp = this.stampAt(0),
  ): PushedWrite {
    const rows = Object.entries(values).map(([key, value]) => {
      const writer = new Writer();
      writer.uint(stamp);
      writer.value(value);
      return { key, body: writer.finish() };
    });
    const effects = [{ path: "/db/notes", crdtType: "LWWMap", rows }];
    return write(
      actor,
      n,
      encodeAuthored({ kind: "effects", stamp, effects }),
    );
  }

  /** A write that counts a visit. */
  visit(actor: string, n: number): PushedWrite {
    const writer = new Writer();
    writer.int(1);
    const rows = [{ key: "", body: writer.finish() }];
    const effects = [{ path: "/db/visits", crdtType: "PNCounter", rows }];
    const stamp = this.stampAt(0);
    return write(actor, n, encodeAuthored({ kind: "effects", stamp, effects }));
  }

  /** A write that adds a label, or removes the additions of it that its author saw. */
  label(
    actor: string,
    n: number,
    label: string,
    seen: readonly Dot[] = [],
  ): PushedWrite {
    const { crdt } = app.vars.get("/db/labels")!;
    const change: ORSetRow<string> = {
      value: label,
      live: new Map(seen.length > 0 ? [] : [[actor, 1]]),
      removed: new Map(seen.map((dot) => [dot.actor, dot.counter])),
    };
    const body = encodeChange(crdt, change, actor);
    const rows = [{ key: elementKey(label), body }];
    const effects = [{ path: "/db/labels", crdtType: "ORSet", rows }];
    const stamp = this.stampAt(0);
    return write(actor, n, encodeAuthored({ kind: "effects", stamp, effects }));
  }

  /** How many visits are counted, and the bytes of their row. */
  visits(): { readonly count: number; readonly bytes: number } {
    const { body } = this.rows.get("/db/visits", "")!;
    const { crdt } = app.vars.get("/db/visits")!;
    const count = Number(crdt.valueOf(decodeRow(crdt, body)));
    return { count, bytes: body.length };
  }

  /** An event that makes a note, made now unless said otherwise. */
  event(actor: string, n: number, stamp = this.stampAt(0)): PushedWrite {
    const [path, payload] = ["/db/note_time", `${actor}.${n}`];
    return write(
      actor,
      n,
      encodeAuthored({ kind: "event", stamp, path, payload }),
    );
  }

  /** The stamp of a moment so many milliseconds from now. */
  stampAt(offsetMs: number): number {
    return (this.nowMs + offsetMs) * HLC_TICKS_PER_MS;
  }

  /** The keys that are stored at a path. */
  keys(path = "/db/notes"): string[] {
    return this.rows.range(path, { from: "", to: null }).map(({ key }) => key);
  }

  /** Whether the row at a key is live. */
  isLive(path: string, key: string): boolean {
    const { crdt } = app.vars.get(path)!;
    return crdt.isLive(decodeRow(crdt, this.rows.get(path, key)!.body));
  }

  #call(bytes: Uint8Array): Live[] {
    return this.#run({ type: "peer", from: NODE, bytes, answering: false })
      .map((reply) => decodeMessage(reply))
      .flatMap((message) => message.type === "live" ? [message] : []);
  }

  #run(event: MasterEvent): Uint8Array[] {
    const { rows, nowMs } = this;
    const around = { rows, nowMs, random: () => 0.5 };
    const { writes, after } = stepMaster(this.#state, event, around);
    rows.write(writes);
    this.written = writes;
    return after.flatMap((output) =>
      output.type === "reply" ? [output.bytes] : []
    );
  }
}

function write(actor: string, n: number, authored: Uint8Array): PushedWrite {
  return {
    actor,
    n,
    seenThrough: n - 1,
    authored,
    session: { nodeId: "phone", claims: { sub: "ann" } },
    fault: null,
    effects: null,
  };
}
