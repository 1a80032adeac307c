/**
 * Rules are kept: what the master accepts is what the app's rule allows, over
 * all that stood there at that moment, earlier writes of the same batch
 * included. The app says the rule again, in plain code over plain values.
 *
 * @module
 */

import {
  decodeAuthored,
  type EffectOnRow,
  readEffects,
} from "../../shared/node/read_effects.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { Verdict } from "../../shared/protocol/live.ts";
import { decodeMessage } from "../../shared/protocol/message.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import type { SourceVar } from "../../shared/spec/app.ts";
import type { Checker, Watch } from "../checker.ts";
import { Violation } from "../violation.ts";
import type { Stepped, World } from "../world.ts";

const NAME = "rules are kept";
const [REPLY_TAG, PUSH_TAG] = [5, 4];

/** One row of a write, and the moment at which it comes. */
export interface Asked {
  /** What the author's token said. */
  readonly claims: unknown;
  /** The key. */
  readonly key: string;
  /** The value; `undefined` for a removal. */
  readonly value: unknown;
  /** How many keys of the var have a value. */
  readonly live: number;
}

/** Checks what is accepted of the var at `path` against a rule. */
export function rulesKept(
  path: string,
  allows: (asked: Asked) => boolean,
): Checker {
  return {
    name: NAME,
    watch: ({ world }): Watch => {
      const oracle = new RuleOracle(world, path, allows);
      return { step: (stepped) => oracle.step(stepped) };
    },
  };
}

class RuleOracle {
  readonly #world: World;
  readonly #path: string;
  readonly #allows: (asked: Asked) => boolean;
  readonly #rows = new Map<string, unknown>();
  #live = 0;

  constructor(
    world: World,
    path: string,
    allows: (asked: Asked) => boolean,
  ) {
    this.#world = world;
    this.#path = path;
    this.#allows = allows;
  }

  step({ name, event, outcome }: Stepped): void {
    if (name !== this.#world.master.name) return;
    const pushed = "bytes" in event && event.bytes instanceof Uint8Array &&
      event.bytes[0] === PUSH_TAG && decodeMessage(event.bytes);
    if (pushed && pushed.type === "push") {
      this.#judge(pushed.writes, outcome);
    }
    if (event.type === "boot") this.#read();
    for (const { path, key, body } of outcome.writes) {
      if (path === this.#path) this.#put(key, body);
    }
  }

  #judge(writes: readonly PushedWrite[], outcome: Stepped["outcome"]): void {
    const seq = outcome.writes.find(({ path }) => path === "#ring")?.seq;
    const verdicts = verdictsIn(outcome);
    for (const write of writes) {
      const verdict = verdicts.get(`${write.actor}.${write.n}`);
      // Without its verdict nobody knows what came after it.
      if (!verdict) return;
      if (verdict.fault || verdict.seq !== seq) continue;
      for (const effect of this.#effectsOf(write)) this.#take(write, effect);
    }
  }

  #effectsOf({ authored, effects, actor, n }: PushedWrite): EffectOnRow[] {
    const made = decodeAuthored(authored);
    const all = made.kind === "effects" ? made.effects : effects ?? [];
    return readEffects(this.#world.app, all, { actor, n })
      .filter(({ variable }) => variable.path === this.#path);
  }

  #take(write: PushedWrite, { variable, key, change, dot }: EffectOnRow): void {
    const { crdt } = variable;
    const [device] = write.actor.split(/[+.]/);
    const { claims } = this.#world.clients.get(device!) ?? write.session ?? {};
    const value = crdt.isLive(change) ? crdt.valueOf(change) : undefined;
    if (!this.#allows({ claims, key, value, live: this.#live })) {
      const id = `${write.actor}.${write.n}`;
      const asked = `${key} ${JSON.stringify(value)} over ${this.#live}`;
      throw new Violation(NAME, `${id} was accepted: ${asked}`);
    }
    this.#set(key, crdt.apply(this.#rows.get(key), change, dot));
  }

  /** What a node that begins finds in its store. */
  #read(): void {
    const stored = this.#world.master.rows.range(this.#path, WHOLE);
    for (const key of [...this.#rows.keys()]) this.#set(key, undefined);
    for (const { key, body } of stored) this.#put(key, body);
  }

  #put(key: string, body: Uint8Array | null): void {
    const { crdt } = this.#source;
    this.#set(key, body === null ? undefined : decodeRow(crdt, body));
  }

  #set(key: string, row: unknown): void {
    const { crdt } = this.#source;
    const isLive = (one: unknown) => one !== undefined && crdt.isLive(one);
    this.#live += Number(isLive(row)) - Number(isLive(this.#rows.get(key)));
    if (row === undefined) this.#rows.delete(key);
    else this.#rows.set(key, row);
  }

  get #source(): SourceVar {
    return this.#world.app.vars.get(this.#path) as SourceVar;
  }
}

function verdictsIn({ after }: Stepped["outcome"]): Map<string, Verdict> {
  const told = new Map<string, Verdict>();
  for (const output of after) {
    if (output.type !== "reply" && output.type !== "call") continue;
    if (output.bytes[0] !== REPLY_TAG) continue;
    const message = decodeMessage(output.bytes);
    if (message.type !== "live") continue;
    for (const verdict of message.verdicts) {
      told.set(`${verdict.actor}.${verdict.n}`, verdict);
    }
  }
  return told;
}
