/**
 * A client's unanswered writes, in the order in which they were made, with an
 * index from rows to the writes that touch them. Each change costs what it
 * touches, not what the outbox holds.
 *
 * @module
 */

import { type Pending, pendingKey } from "./pending.ts";

/** The rows of pending writes at one key, by the write's own key. */
type RowsByWrite = Map<string, unknown[]>;

/** The writes of a client that the master has not answered. */
export class Outbox {
  readonly #pending = new Map<string, Pending>();
  readonly #byActor = new Map<string, Set<number>>();
  readonly #byRow = new Map<string, Map<string, RowsByWrite>>();

  /** How many there are. */
  get size(): number {
    return this.#pending.size;
  }

  /** All of them, in order. */
  all(): Pending[] {
    return [...this.#pending.values()];
  }

  /** Those of one actor. */
  of(actor: string): Pending[] {
    return [...this.#byActor.get(actor) ?? []]
      .map((n) => this.#pending.get(pendingKey(actor, n))!);
  }

  /** The least number of an actor that is unanswered. */
  firstOf(actor: string): number | undefined {
    const [first] = this.#byActor.get(actor) ?? [];
    return first;
  }

  /** One of them. */
  get(actor: string, n: number): Pending | undefined {
    return this.#pending.get(pendingKey(actor, n));
  }

  /** Adds a write at the end, or puts it in the place of the one with its number. */
  put(pending: Pending): void {
    const { actor, n } = pending;
    const id = pendingKey(actor, n);
    const old = this.#pending.get(id);
    if (old) this.#forget(old, id);
    this.#pending.set(id, pending);
    const numbers = this.#byActor.get(actor) ?? new Set();
    this.#byActor.set(actor, numbers.add(n));
    for (const { variable, key, row } of pending.rows) {
      const writes = this.#writesAt(variable.path, key);
      const rows = writes.get(id);
      if (rows) rows.push(row);
      else writes.set(id, [row]);
    }
  }

  /** Takes a write out. */
  remove(pending: Pending): void {
    const { actor, n } = pending;
    const id = pendingKey(actor, n);
    if (!this.#pending.delete(id)) return;
    const numbers = this.#byActor.get(actor);
    numbers?.delete(n);
    if (numbers?.size === 0) this.#byActor.delete(actor);
    this.#forget(pending, id);
    for (const { variable, key } of pending.rows) {
      const byKey = this.#byRow.get(variable.path);
      if (byKey?.get(key)?.size === 0) byKey.delete(key);
    }
  }

  /** The rows of pending writes at a key, oldest first. */
  rowsAt(path: string, key: string): readonly unknown[] {
    const writes = this.#byRow.get(path)?.get(key);
    return writes ? [...writes.values()].flat(1) : [];
  }

  /** The keys of a var that pending writes touch. */
  keysOf(path: string): Iterable<string> {
    return this.#byRow.get(path)?.keys() ?? [];
  }

  #forget({ rows }: Pending, id: string): void {
    for (const { variable, key } of rows) {
      this.#byRow.get(variable.path)?.get(key)?.delete(id);
    }
  }

  #writesAt(path: string, key: string): RowsByWrite {
    const byKey = this.#byRow.get(path) ?? new Map<string, RowsByWrite>();
    this.#byRow.set(path, byKey);
    const writes = byKey.get(key) ?? new Map<string, unknown[]>();
    byKey.set(key, writes);
    return writes;
  }
}
