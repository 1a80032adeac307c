/**
 * The way from RAM to storage: what the steps of one turn ask for is one
 * batch, and what is to happen when it is durable happens then, in order.
 *
 * @module
 */

import type { Output } from "../../shared/node/outcome.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import type { RowBatch, RowStore } from "./row_store.ts";

/** What a queue asks of the client it serves. */
export interface QueueOwner {
  /** Every row that this tab should have in storage. */
  rowsKept(): readonly RowWrite[];
  /** These rows are durable. */
  stored(writes: readonly RowWrite[]): void;
  /** Does what a step asked for. */
  perform(output: Output): void;
  /** Storage has failed: from here on there is RAM only. */
  storageFailed(reason: string): void;
}

/** Batches writes, and holds outputs back until they are durable. */
export class WriteQueue {
  readonly #owner: QueueOwner;
  #store: RowStore | null;
  #writes: readonly RowWrite[] = [];
  /** What is being written now. */
  #storing: readonly RowWrite[] = [];
  #after: readonly Output[] = [];
  #clears: RowBatch["clears"] = null;
  #flushing: Promise<void> | null = null;

  /** Writes to this store, for this owner. */
  constructor(store: RowStore, owner: QueueOwner) {
    this.#store = store;
    this.#owner = owner;
  }

  /** Whether a row of this tab's is on its way to the store. */
  holds(row: RowWrite): boolean {
    return [...this.#storing, ...this.#writes].some(({ path, key }) =>
      path === row.path && key === row.key
    );
  }

  /** Puts writes behind all earlier ones, and outputs behind all of them. */
  push(writes: readonly RowWrite[], after: readonly Output[]): void {
    if (this.#store) this.#writes = this.#writes.concat(writes);
    this.#after = this.#after.concat(after);
    if (!this.#flushing && this.#writes.length === 0) this.#release();
    else this.#flushing ??= this.#flush();
  }

  /** Replaces the stored rows of some paths by those in RAM. */
  replace(clears: (path: string) => boolean): void {
    if (!this.#store) return;
    this.#clears = clears;
    this.#flushing ??= this.#flush();
  }

  /** Goes on without storage; what waits for it waits no longer. */
  fail(error: unknown): void {
    if (!this.#store) return;
    this.#store.close();
    this.#store = null;
    this.#writes = [];
    this.#owner.storageFailed(
      error instanceof Error ? `${error.name}: ${error.message}` : "refused",
    );
  }

  /** Resolves when everything so far is stored, and closes the store. */
  async close(): Promise<void> {
    await this.#flushing;
    this.#store?.close();
    this.#store = null;
  }

  async #flush(): Promise<void> {
    // What else this turn asks for becomes part of the batch.
    await null;
    while (this.#writes.length + this.#after.length > 0 || this.#clears) {
      const after = this.#after;
      this.#after = [];
      await this.#write();
      for (const output of after) this.#owner.perform(output);
    }
    this.#flushing = null;
  }

  async #write(): Promise<void> {
    const clears = this.#clears;
    const all = () => this.#owner.rowsKept();
    const writes = clears
      ? all().filter(({ path }) => clears(path)).concat(this.#writes)
      : this.#writes;
    this.#writes = [];
    this.#clears = null;
    if (!this.#store || writes.length === 0 && !clears) return;
    this.#storing = writes;
    try {
      await this.#store.write({ clears, writes, all });
      this.#owner.stored(writes);
    } catch (error) {
      this.fail(error);
    }
    this.#storing = [];
  }

  #release(): void {
    const after = this.#after;
    this.#after = [];
    for (const output of after) this.#owner.perform(output);
  }
}
