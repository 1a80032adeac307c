/** Bytes that nobody has written. */

import type { Seeded } from "./seeded.ts";

/** Bytes with a few of them changed, left out or put in. */
export function mutated(chance: Seeded, bytes: Uint8Array): Uint8Array {
  const copy = [...bytes];
  for (let i = chance.below(3); i >= 0; i--) {
    const at = chance.below(copy.length + 1);
    const byte = chance.pick([chance.below(12), chance.below(256), 0x80, 0xff]);
    copy.splice(at, chance.below(3), ...(chance.below(2) === 1 ? [byte] : []));
  }
  return Uint8Array.from(copy);
}

/** Bytes by chance alone, most of them small: those have a meaning more often. */
export function noise(chance: Seeded): Uint8Array {
  const count = chance.below(64);
  return Uint8Array.from(chance.many(count, () => {
    return chance.below(3) === 0 ? chance.below(256) : chance.below(16);
  }));
}
