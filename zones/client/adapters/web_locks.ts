/**
 * Locks among tabs by the Web Locks API. Without it, as outside a secure
 * context, a tab acts as the only one.
 *
 * @module
 */

import type { TabLocks } from "../tab_locks.ts";

/** The locks of one store, whose name stands before theirs. */
export class WebLocks implements TabLocks {
  readonly #prefix: string;
  readonly #api: LockManager | undefined = navigator.locks;
  /** What ends each lock that is held. */
  readonly #ends = new Map<string, () => void>();
  #closed = false;

  /** Names the store. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Takes a lock that is free, and holds it; says whether it was. */
  take(name: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#request(name, { ifAvailable: true }, resolve).catch(reject);
    });
  }

  /** Waits for a lock in the background, and holds it. */
  wait(name: string, onHeld: () => void): void {
    // Whoever cannot have a lock goes on without.
    this.#request(name, {}, (isHeld) => isHeld && onHeld()).catch(() => {});
  }

  /** Gives all up, now or as soon as they come. */
  close(): void {
    this.#closed = true;
    for (const end of this.#ends.values()) end();
  }

  async #request(
    name: string,
    options: LockOptions,
    onAnswer: (isHeld: boolean) => void,
  ): Promise<void> {
    if (!this.#api) return onAnswer(!this.#closed);
    await this.#api.request(this.#prefix + name, options, (lock) => {
      const isHeld = !!lock && !this.#closed;
      onAnswer(isHeld);
      if (!isHeld) return;
      return new Promise<void>((end) => this.#ends.set(name, end));
    });
  }
}
