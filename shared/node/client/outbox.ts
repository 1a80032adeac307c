/**
 * The unanswered writes of a browser's tabs, in the order in which they came,
 * with an index from rows to the writes that touch them. Each change costs what
 * it touches, not what the outbox holds. All are shown; a tab sends its own, and
 * those of tabs that ended.
 *
 * @module
 */

import type { EffectOnRow } from "../read_effects.ts";
import { inOrder } from "./causal_order.ts";
import { type Pending, pendingKey, type Seen } from "./pending.ts";

/** What pending writes do at one key, by the write's own key. */
type EffectsByWrite = Map<string, EffectOnRow[]>;

/** The writes of a browser that the master has not answered. */
export class Outbox {
  /** Whose writes are this tab's to send. */
  readonly actors: Set<string>;
  /** Answered writes of other tabs, shown until this tab's base has them. */
  readonly leaving = new Set<Pending>();
  readonly #pending = new Map<string, Pending>();
  readonly #lastOf = new Map<string, number>();
  readonly #byRow = new Map<string, Map<string, EffectsByWrite>>();

  /** An empty one of a tab whose writes this actor numbers. */
  constructor(actor: string) {
    this.actors = new Set([actor]);
  }

  /** How many are unanswered, those of other tabs included. */
  get size(): number {
    return this.#pending.size - this.leaving.size;
  }

  /** Those that this tab sends, in order. */
  all(): readonly Pending[] {
    const own = [...this.#pending.values()].filter((pending) =>
      this.actors.has(pending.actor) && !this.leaving.has(pending)
    );
    return this.actors.size > 1 ? inOrder(own) : own;
  }

  /** All, those of other tabs and those that are answered included, in order. */
  shown(): readonly Pending[] {
    return inOrder([...this.#pending.values()]);
  }

  /** Those that other tabs send. */
  others(): Pending[] {
    return [...this.#pending.values()].filter((pending) =>
      !this.actors.has(pending.actor) && !this.leaving.has(pending)
    );
  }

  /** What an author sees of the others: of each the last. */
  seenBy(author: string): Seen {
    const seen = new Map(this.#lastOf);
    seen.delete(author);
    return seen;
  }

  /** One of them. */
  get(actor: string, n: number): Pending | undefined {
    return this.at(pendingKey(actor, n));
  }

  /** The one that is stored at a key. */
  at(key: string): Pending | undefined {
    return this.#pending.get(key);
  }

  /** Adds a write at the end, or puts it in the place of the one with its number. */
  put(pending: Pending): void {
    const old = this.#pending.get(pending.key);
    if (old) this.#forget(old);
    this.#pending.set(pending.key, pending);
    this.#came(pending);
    for (const effect of pending.effects) {
      const writes = this.#writesAt(effect.variable.path, effect.key);
      const effects = writes.get(pending.key);
      if (effects) effects.push(effect);
      else writes.set(pending.key, [effect]);
    }
  }

  /** Takes a write out. */
  remove(pending: Pending): void {
    if (!this.#pending.delete(pending.key)) return;
    this.#forget(pending);
    this.#isGone(pending);
    for (const { variable, key } of pending.effects) {
      const byKey = this.#byRow.get(variable.path);
      if (byKey?.get(key)?.size === 0) byKey.delete(key);
    }
  }

  /** What pending writes do at a key, in order. */
  effectsAt(path: string, key: string): readonly EffectOnRow[] {
    const writes = this.#byRow.get(path)?.get(key);
    if (!writes) return [];
    const pending = [...writes.keys()].map((at) => this.#pending.get(at)!);
    return inOrder(pending).flatMap(({ key }) => writes.get(key)!);
  }

  /** The keys of a var that pending writes touch. */
  keysOf(path: string): Iterable<string> {
    return this.#byRow.get(path)?.keys() ?? [];
  }

  #isGone({ actor, n }: Pending): void {
    if (this.#lastOf.get(actor) !== n) return;
    this.#lastOf.delete(actor);
    // Those of another tab may go in any order.
    for (const left of this.#pending.values()) {
      if (left.actor === actor) this.#came(left);
    }
  }

  #came({ actor, n }: Pending): void {
    this.#lastOf.set(actor, Math.max(n, this.#lastOf.get(actor) ?? 0));
  }

  #forget(pending: Pending): void {
    this.leaving.delete(pending);
    for (const { variable, key } of pending.effects) {
      this.#byRow.get(variable.path)?.get(key)?.delete(pending.key);
    }
  }

  #writesAt(path: string, key: string): EffectsByWrite {
    const byKey = this.#byRow.get(path) ?? new Map<string, EffectsByWrite>();
    this.#byRow.set(path, byKey);
    const writes = byKey.get(key) ?? new Map<string, EffectOnRow[]>();
    byKey.set(key, writes);
    return writes;
  }
}
