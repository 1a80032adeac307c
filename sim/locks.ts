/**
 * Names that one of the tabs of a browser holds at a time, and loses when it
 * ends: what a browser's Web Locks are (`zones/client/adapters/web_locks.ts`).
 *
 * @module
 */

interface Place<Holder> {
  readonly holder: Holder;
  readonly onHeld: () => void;
}

/** The locks of one browser; in each queue, who stands first holds it. */
export class Locks<Holder> {
  readonly #queues = new Map<string, Place<Holder>[]>();

  /** Takes a lock that is free; says whether it was. */
  take(name: string, holder: Holder): boolean {
    if (this.#queues.has(name)) return false;
    this.#queues.set(name, [{ holder, onHeld: () => {} }]);
    return true;
  }

  /** Waits for a lock, and holds it. */
  wait(name: string, holder: Holder, onHeld: () => void): void {
    if (this.take(name, holder)) onHeld();
    else this.#queues.get(name)!.push({ holder, onHeld });
  }

  /** Gives a lock up, or stops waiting for it. */
  drop(name: string, holder: Holder): void {
    const queue = this.#queues.get(name) ?? [];
    const left = queue.filter((place) => place.holder !== holder);
    if (left.length === 0) this.#queues.delete(name);
    else this.#queues.set(name, left);
    if (left[0] && left[0] !== queue[0]) left[0].onHeld();
  }

  /** Gives all up. */
  dropAll(holder: Holder): void {
    for (const name of [...this.#queues.keys()]) this.drop(name, holder);
  }
}
