/**
 * What this adapter takes from the platform without being handed it.
 *
 * @module
 */

// The platform's types have both, but Deno's checker keeps to itself what a
// package declares under these two names.
declare const console: { error(...what: unknown[]): void };
declare const crypto: { getRandomValues(into: Uint32Array): Uint32Array };

/** Returns the next number in [0, 1), which nobody can guess. */
export function random(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

/** Tells the operator's log of an event that was undone. */
export function logUndone(type: string, error: unknown): void {
  console.error(`zonekit: a ${type} event was undone`, error);
}
