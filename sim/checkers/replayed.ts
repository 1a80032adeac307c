/**
 * The state is the replay of the commits: a slow and obvious oracle takes every
 * write that the master has accepted, and must end with the rows that the master
 * holds.
 *
 * @module
 */

import { compareBytes } from "../../shared/codec/byte_order.ts";
import { NO_DOT } from "../../shared/crdt/dot.ts";
import {
  decodeAuthored,
  type EffectOnRow,
  readEffects,
} from "../../shared/node/read_effects.ts";
import type { MasterEvent } from "../../shared/node/master/step.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import { decodeMessage } from "../../shared/protocol/message.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import type { App, SourceVar } from "../../shared/spec/app.ts";
import type { Checker, Watch, Watched } from "../checker.ts";
import { textOf } from "../text_of.ts";
import { Violation } from "../violation.ts";
import { type Replayed, ReplayRows } from "./replay_rows.ts";
import type { Stepped, World } from "../world.ts";

type Operated = Extract<MasterEvent, { type: "operate" }>;

const NAME = "the state is the replay of the commits";
const [REPLY_TAG, PUSH_TAG] = [5, 4];

const PASSING = new Set([
  // It says that the number has another write, and not what became of that.
  "actor-forked",
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
  /** What the state should be. */
  readonly #rows = new ReplayRows();
  /** What was pushed and is not known to be refused, by author and number. */
  readonly #pushed = new Map<string, Pushed[]>();
  readonly #done = new Set<string>();
  /** How many pushes there were. */
  #last = 0;
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
    const doubtful = [...this.#pushed.values()].flat().flatMap(replayedOf);
    for (const variable of sourcesOf(app)) {
      const { path } = variable;
      const found = new Map(
        this.#world.master.rows.range(path, WHOLE)
          .map(({ key, body }) => [`${path}\n${key}`, body]),
      );
      for (
        const at of new Set([...found.keys(), ...this.#rows.placesOf(path)])
      ) {
        this.#compareRow(variable, at, found.get(at), doubtful);
      }
    }
  }

  #compareRow(
    { crdt }: SourceVar,
    at: string,
    found: Uint8Array | undefined,
    doubtful: readonly Replayed[],
  ): void {
    const wanted = this.#rows.rowAt(at);
    if (!found && !wanted) return;
    if (found && wanted && compareBytes(found, wanted) === 0) return;
    if (found && this.#rows.mayBe(found, at, doubtful)) return;
    // A tombstone may have been forgotten.
    if (!found && wanted && !crdt.isLive(decodeRow(crdt, wanted))) return;
    const [path, key] = at.split("\n");
    const show = (body: Uint8Array | undefined) =>
      body ? textOf(decodeRow(crdt, body)) : "nothing";
    throw new Violation(
      NAME,
      `${path} ${key} is ${show(found)}, want ${show(wanted)}`,
    );
  }

  /** An operator's write is answered in the step that it is made in. */
  #operated({ write }: Operated, { after }: Stepped["outcome"]): void {
    const isTaken = after.some((output) =>
      output.type === "settled" && output.fault === null
    );
    if (!isTaken) return;
    const effects = effectsOf(this.#appNow, write);
    this.#commit({ order: ++this.#last, seq: 0, effects });
  }

  #push(bytes: Uint8Array, writes: readonly RowWrite[]): void {
    const message = decodeMessage(bytes);
    if (message.type !== "push") return;
    for (const write of message.writes) {
      const id = `${write.actor}.${write.n}`;
      if (this.#done.has(id)) continue;
      const seq = writes.find(({ path }) => path === "#ring")?.seq ?? 0;
      const made = this.#madeOf(write, writes);
      const effects = made.length > 0 ? made : effectsOf(this.#appNow, write);
      this.#pushed.set(id, [...this.#pushed.get(id) ?? [], {
        order: ++this.#last,
        seq,
        effects,
      }]);
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
      if (!fault && seq > 0 && committed) this.#commit(committed);
    }
  }

  /** What an event that the master itself computed has made: nobody else knows. */
  #madeOf(
    { authored, effects, actor }: PushedWrite,
    writes: readonly RowWrite[],
  ): EffectOnRow[] {
    if (effects || kindOf(authored) !== "event") return [];
    return sourcesOf(this.#appNow).flatMap((variable) =>
      writes.flatMap(({ path, key, body }) => {
        if (path !== variable.path || body === null) return [];
        const change: unknown = decodeRow(variable.crdt, body);
        return variable.crdt.stampOf(change)?.nodeId === actor
          ? [{ variable, key, change, dot: NO_DOT }]
          : [];
      })
    );
  }

  #commit(pushed: Pushed): void {
    for (const replayed of replayedOf(pushed)) this.#rows.add(replayed);
  }

  get #appNow(): App {
    return this.#world.master.state?.app ?? this.#world.app;
  }
}

/** A write as it was pushed, and the commit that was made then. */
interface Pushed {
  readonly order: number;
  readonly seq: number;
  readonly effects: readonly EffectOnRow[];
}

function replayedOf({ order, effects }: Pushed): Replayed[] {
  return effects.map((effect) => ({ order, effect }));
}

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

function effectsOf(
  app: App,
  { actor, n, authored, effects }: PushedWrite,
): readonly EffectOnRow[] {
  try {
    const made = decodeAuthored(authored);
    const all = made.kind === "effects" ? made.effects : effects ?? [];
    return readEffects(app, all, { actor, n });
  } catch (error) {
    if (error instanceof FaultError) return [];
    throw error;
  }
}
