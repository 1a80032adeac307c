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
  /** What ends each lock that is held or waited for. */
  readonly #ends = new Map<string, AbortController>();
  #closed = false;

  /** Names the store. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Takes a lock that is free, and holds it; says whether it was. */
  take(name: string): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      this.#request(name, { ifAvailable: true }, resolve).catch(reject);
    });
  }

  /** Waits for a lock in the background, and holds it. */
  wait(name: string, onHeld: () => void): void {
    if (this.#closed) return;
    // Whoever stops waiting for a lock has no more use for it.
    this.#request(name, {}, onHeld).catch(() => {});
  }

  /** Gives a lock up, or stops waiting for it. */
  drop(name: string): void {
    this.#ends.get(name)?.abort();
    this.#ends.delete(name);
  }

  /** Gives all up. */
  close(): void {
    this.#closed = true;
    for (const name of [...this.#ends.keys()]) this.drop(name);
  }

  async #request(
    name: string,
    options: LockOptions,
    onAnswer: (isHeld: boolean) => void,
  ): Promise<void> {
    if (!this.#api) return onAnswer(true);
    const end = new AbortController();
    const ended = new Promise<void>((resolve) =>
      end.signal.addEventListener("abort", () => resolve())
    );
    this.#ends.set(name, end);
    const signal = options.ifAvailable ? {} : { signal: end.signal };
    await this.#api.request(
      this.#prefix + name,
      { ...options, ...signal },
      (lock) => {
        if (!lock) this.#ends.delete(name);
        onAnswer(lock !== null);
        return lock ? ended : undefined;
      },
    );
  }
}
