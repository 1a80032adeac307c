/**
 * A client's unanswered writes, in the order in which they were made, with an
 * index from rows to the writes that touch them.
 *
 * @module
 */

import type { EffectOnRow } from "../read_effects.ts";
import type { Pending } from "./pending.ts";

/** The writes of a client that the master has not answered. */
export class Outbox {
  #pending: Pending[] = [];
  #byRow = new Map<string, Map<string, unknown[]>>();

  /** How many there are. */
  get size(): number {
    return this.#pending.length;
  }

  /** All of them, in order. */
  all(): readonly Pending[] {
    return this.#pending;
  }

  /** Those of one actor. */
  of(actor: string): Pending[] {
    return this.#pending.filter((pending) => pending.actor === actor);
  }

  /** One of them. */
  get(actor: string, n: number): Pending | undefined {
    return this.#pending.find((pending) =>
      pending.actor === actor && pending.n === n
    );
  }

  /** Adds a write at the end. */
  add(pending: Pending): void {
    this.#pending.push(pending);
    for (const row of pending.rows) this.#index(row);
  }

  /** Takes writes out. */
  remove(gone: readonly Pending[]): void {
    const set = new Set(gone);
    this.#replaceAll(this.#pending.filter((pending) => !set.has(pending)));
  }

  /** Puts another write in the place of one. */
  replace(old: Pending, next: Pending): void {
    this.#replaceAll(
      this.#pending.map((pending) => pending === old ? next : pending),
    );
  }

  /** The rows of pending writes at a key, oldest first. */
  rowsAt(path: string, key: string): readonly unknown[] {
    return this.#byRow.get(path)?.get(key) ?? [];
  }

  /** The keys of a var that pending writes touch. */
  keysOf(path: string): Iterable<string> {
    return this.#byRow.get(path)?.keys() ?? [];
  }

  #replaceAll(pending: Pending[]): void {
    this.#pending = pending;
    this.#byRow = new Map();
    for (const { rows } of pending) rows.forEach((row) => this.#index(row));
  }

  #index({ variable, key, row }: EffectOnRow): void {
    const byKey = this.#byRow.get(variable.path) ??
      new Map<string, unknown[]>();
    this.#byRow.set(variable.path, byKey);
    const rows = byKey.get(key);
    if (rows) rows.push(row);
    else byKey.set(key, [row]);
  }
}
