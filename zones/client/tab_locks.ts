/**
 * The port to what the tabs of a browser agree by: names that one of them holds
 * at a time, and loses when it ends, however it ends.
 *
 * @module
 */

/** Locks among the tabs of one store. */
export interface TabLocks {
  /** Takes a lock that is free, and holds it; says whether it was. */
  take(name: string): Promise<boolean>;
  /** Waits for a lock in the background, and holds it. */
  wait(name: string, onHeld: () => void): void;
  /** Gives all up. */
  close(): void;
}
