/**
 * What the app holds of each write until the master has answered it.
 *
 * @module
 */

import type { Output } from "../../shared/node/outcome.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import { closedError } from "./client_error.ts";

/** A write on its way. */
export interface WriteHandle {
  /** Who numbers it. */
  readonly actor: string;
  /** Its number, which is another one after the master refused its number or time; 0 for a write that changed nothing. */
  readonly n: number;
  /**
   * Resolves when the write is stored here (`client`) or accepted by the master
   * (`db`). Rejects with a `FaultError` when it is refused, and with a
   * `ClientError` when the client closes first.
   */
  wait(level: "client" | "db"): Promise<void>;
}

type Level = "client" | "db";

class OpenWrite implements WriteHandle {
  actor: string;
  n: number;
  readonly levels: Record<Level, PromiseWithResolvers<void>> = {
    client: Promise.withResolvers(),
    db: Promise.withResolvers(),
  };

  constructor(actor: string, n: number) {
    this.actor = actor;
    this.n = n;
    // A refusal that nobody waits for stands in the rejected list.
    for (const { promise } of Object.values(this.levels)) {
      promise.catch(() => {});
    }
  }

  wait(level: Level): Promise<void> {
    return this.levels[level].promise;
  }
}

/** The writes of one client that are not answered. */
export class WriteHandles {
  readonly #open = new Map<string, OpenWrite>();

  /** The handle of a write that was just made; a settled one when nothing changed. */
  made(
    written: { readonly actor: string; readonly n: number } | null,
    actor: string,
  ): WriteHandle {
    if (!written) return { actor, n: 0, wait: () => Promise.resolve() };
    const write = new OpenWrite(written.actor, written.n);
    this.#open.set(keyOf(written), write);
    return write;
  }

  /** Notes down that a write got so far. */
  settled(output: Extract<Output, { type: "settled" }>): void {
    const key = keyOf(output);
    const write = this.#open.get(key);
    if (!write) return;
    const { resolve, reject } = write.levels[output.level];
    if (output.fault) reject(new FaultError(output.fault));
    else resolve();
    if (output.level === "db") this.#open.delete(key);
  }

  /** Follows a write to its other number. */
  renumbered({ from, to }: Extract<Output, { type: "renumbered" }>): void {
    const write = this.#open.get(keyOf(from));
    if (!write) return;
    this.#open.delete(keyOf(from));
    Object.assign(write, to);
    this.#open.set(keyOf(to), write);
  }

  /** Ends the waiting. */
  close(): void {
    for (const { levels } of this.#open.values()) {
      for (const { reject } of Object.values(levels)) reject(closedError());
    }
    this.#open.clear();
  }
}

function keyOf(write: { readonly actor: string; readonly n: number }): string {
  return `${write.actor}.${write.n}`;
}
