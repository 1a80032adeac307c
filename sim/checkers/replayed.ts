/**
 * The state is the replay of the commits: a slow and obvious oracle takes every
 * write that the master has accepted, keeps the one of the greatest stamp for
 * each row, and must end with the rows that the master holds.
 *
 * @module
 */

import { compareBytes } from "../../shared/codec/byte_order.ts";
import { decodeAuthored, readEffects } from "../../shared/node/read_effects.ts";
import type { MasterEvent } from "../../shared/node/master/step.ts";
import { decodeRow, encodeChange } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import { decodeMessage } from "../../shared/protocol/message.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import type { App, SourceVar } from "../../shared/spec/app.ts";
import type { Checker, Watch, Watched } from "../checker.ts";
import { Violation } from "../violation.ts";
import type { Stepped, World } from "../world.ts";

type Operated = Extract<MasterEvent, { type: "operate" }>;

const NAME = "the state is the replay of the commits";
const [REPLY_TAG, PUSH_TAG] = [5, 4];

const PASSING = new Set([
  "gap",
  "clock-skew",
  "space-full",
  "internal",
  "answered",
]);

/** The master holds what it has accepted, and nothing else. */
export const replayed: Checker = { name: NAME, watch };

function watch({ world }: Watched): Watch {
  const oracle = new Oracle(world);
  const onForgot = world.onForgot;
  world.onForgot = (name) => {
    onForgot(name);
    if (name === world.master.name) oracle.begin();
  };
  return {
    step: (stepped) => {
      if (stepped.name === world.master.name) oracle.step(stepped);
    },
    rest: () => oracle.compare(),
  };
}

class Oracle {
  readonly #world: World;
  /** What the state should be, by path and key. */
  readonly #rows = new Map<string, Uint8Array>();
  /** What was pushed and is not known to be refused, by author and number. */
  readonly #pushed = new Map<string, Pushed[]>();
  readonly #done = new Set<string>();
  #isDoubtful = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Another history: what stands there now is where it begins. */
  begin(): void {
    this.#isDoubtful = true;
  }

  step({ event, outcome }: Stepped): void {
    if ("write" in event) return this.#operated(event as Operated, outcome);
    if ("bytes" in event && event.bytes instanceof Uint8Array) {
      if (event.bytes[0] === PUSH_TAG) this.#push(event.bytes, outcome.writes);
    }
    for (const output of outcome.after) {
      if (output.type !== "reply" && output.type !== "call") continue;
      if (output.bytes[0] === REPLY_TAG) this.#answered(output.bytes);
    }
  }

  compare(): void {
    if (this.#isDoubtful) return;
    const app = this.#appNow;
    const allowed = this.#unanswered();
    for (const variable of sourcesOf(app)) {
      const { path } = variable;
      const found = new Map(
        this.#world.master.rows.range(path, WHOLE)
          .map(({ key, body }) => [`${path}\n${key}`, body]),
      );
      for (const at of new Set([...found.keys(), ...this.#keysOf(path)])) {
        this.#compareRow(variable, at, found.get(at), allowed);
      }
    }
  }

  #compareRow(
    { crdt }: SourceVar,
    at: string,
    found: Uint8Array | undefined,
    allowed: ReadonlySet<string>,
  ): void {
    const wanted = this.#rows.get(at);
    if (found && wanted && compareBytes(found, wanted) === 0) return;
    if (found && allowed.has(`${at}\n${found}`)) return;
    // A tombstone may have been forgotten.
    if (!found && wanted && !crdt.isLive(decodeRow(crdt, wanted))) return;
    const [path, key] = at.split("\n");
    const show = (body: Uint8Array | undefined) =>
      body ? JSON.stringify(decodeRow(crdt, body)) : "nothing";
    throw new Violation(
      NAME,
      `${path} ${key} is ${show(found)}, want ${show(wanted)}`,
    );
  }

  #keysOf(path: string): string[] {
    return [...this.#rows.keys()].filter((at) => at.startsWith(`${path}\n`));
  }

  /** An operator's write is answered in the step that it is made in. */
  #operated({ write }: Operated, { after }: Stepped["outcome"]): void {
    const isTaken = after.some((output) =>
      output.type === "settled" && output.fault === null
    );
    if (isTaken) this.#apply(rowsOf(this.#appNow, write));
  }

  #push(bytes: Uint8Array, writes: readonly RowWrite[]): void {
    const message = decodeMessage(bytes);
    if (message.type !== "push") return;
    for (const write of message.writes) {
      const id = `${write.actor}.${write.n}`;
      if (this.#done.has(id)) continue;
      const seq = writes.find(({ path }) => path === "#ring")?.seq ?? 0;
      const made = this.#madeOf(write, writes);
      const rows = made.length > 0 ? made : rowsOf(this.#appNow, write);
      this.#pushed.set(id, [...this.#pushed.get(id) ?? [], { seq, rows }]);
    }
  }

  #answered(bytes: Uint8Array): void {
    const message = decodeMessage(bytes);
    if (message.type !== "live") return;
    for (const { actor, n, seq, fault } of message.verdicts) {
      const id = `${actor}.${n}`;
      const pushed = this.#pushed.get(id);
      if (!pushed || this.#done.has(id)) continue;
      // These are not kept: sent again, the write is judged again.
      if (fault && PASSING.has(fault.code)) continue;
      this.#pushed.delete(id);
      // Nor is what changed nothing: a copy may send it with another stamp.
      if (!fault && seq === 0) continue;
      this.#done.add(id);
      // An event is computed anew each time it is sent: what was committed counts.
      const committed = pushed.find((one) => one.seq === seq);
      if (!fault && seq > 0 && committed) this.#apply(committed.rows);
    }
  }

  /** What an event that the master itself computed has made: nobody else knows. */
  #madeOf(
    { authored, effects, actor }: PushedWrite,
    writes: readonly RowWrite[],
  ): Row[] {
    if (effects || kindOf(authored) !== "event") return [];
    return sourcesOf(this.#appNow).flatMap(({ path, crdt }) =>
      writes.flatMap(({ path: at, key, body }) => {
        if (at !== path || body === null) return [];
        const stamp = crdt.stampOf(decodeRow(crdt, body));
        return stamp?.nodeId === actor ? [[`${path}\n${key}`, body, crdt]] : [];
      })
    );
  }

  #apply(rows: readonly Row[]): void {
    for (const [at, body, crdt] of rows) {
      const held = this.#rows.get(at);
      if (!held || isGreater(crdt, body, held)) this.#rows.set(at, body);
    }
  }

  get #appNow(): App {
    return this.#world.master.state?.app ?? this.#world.app;
  }

  /** Rows of writes whose answer nobody has heard: they may be there or not. */
  #unanswered(): Set<string> {
    const rows = [...this.#pushed.values()].flat().flatMap(({ rows }) => rows);
    return new Set(rows.map(([at, body]) => `${at}\n${body}`));
  }
}

type Crdt = SourceVar["crdt"];
/** A write as it was pushed, and the commit that was made then. */
interface Pushed {
  readonly seq: number;
  readonly rows: readonly Row[];
}

type Row = readonly [at: string, body: Uint8Array, crdt: Crdt];

function kindOf(authored: Uint8Array): "effects" | "event" | null {
  try {
    return decodeAuthored(authored).kind;
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

function sourcesOf(app: App): SourceVar[] {
  return app.zones.get(app.root)!.vars.filter((v) => v.kind === "source");
}

function rowsOf(
  app: App,
  { actor, n, authored, effects }: PushedWrite,
): Row[] {
  try {
    const made = decodeAuthored(authored);
    const all = made.kind === "effects" ? made.effects : effects ?? [];
    return readEffects(app, all, { actor, n }).map((
      { variable, key, change },
    ) =>
      [
        `${variable.path}\n${key}`,
        encodeChange(variable.crdt, change),
        variable.crdt,
      ] as const
    );
  } catch (error) {
    if (error instanceof FaultError) return [];
    throw error;
  }
}

/** Which of two rows stays: by time, then by who wrote it, then by its bytes. */
function isGreater(crdt: Crdt, one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [one, other].map((body) =>
    crdt.stampOf(decodeRow(crdt, body))
  );
  if (!a || !b) return false;
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  if (a.nodeId !== b.nodeId) return a.nodeId > b.nodeId;
  return compareBytes(one, other) > 0;
}
