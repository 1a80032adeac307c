/**
 * What this zone takes from the platform without being handed it.
 *
 * @module
 */

// The platform's types have both, but Deno's checker keeps to itself what a
// package declares under these two names.
declare const console: { error(...what: unknown[]): void };
declare const crypto: {
  getRandomValues(into: Uint32Array): Uint32Array;
  randomUUID(): string;
};

/** Returns the next number in [0, 1), which nobody can guess. */
export function random(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

/** Returns an id that nothing else has. */
export function randomId(): string {
  return crypto.randomUUID();
}

/** Tells the operator's log what went wrong. */
export function logError(what: string, error: unknown): void {
  console.error(`zonekit: ${what}`, error);
}
