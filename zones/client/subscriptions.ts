/**
 * Who is told of what. A listener that throws disturbs no other one.
 *
 * @module
 */

/** One listener, and what it was told last. */
interface Subscription<T> {
  readonly fn: (value: T) => void;
  told: T | undefined;
}

/** The listeners of one value that is replaced when it changes. */
export class Subscriptions<T extends object> {
  readonly #current: () => T;
  readonly #all = new Set<Subscription<T>>();

  /** Listeners to what `current` gives. */
  constructor(current: () => T) {
    this.#current = current;
  }

  /** Tells a listener what there is, and from then on what comes. Returns what ends it. */
  add(fn: (value: T) => void): () => void {
    const subscription: Subscription<T> = { fn, told: undefined };
    this.#all.add(subscription);
    this.#tell(subscription);
    return () => void this.#all.delete(subscription);
  }

  /** Tells everybody who does not know it yet: a listener may have made a newer one. */
  tell(): void {
    for (const subscription of this.#all) this.#tell(subscription);
  }

  #tell(subscription: Subscription<T>): void {
    const value = this.#current();
    if (subscription.told === value) return;
    subscription.told = value;
    try {
      subscription.fn(value);
    } catch (error) {
      reportError(error);
    }
  }
}
