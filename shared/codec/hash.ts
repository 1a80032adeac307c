const encoder = new TextEncoder();

/** Seeds of the two lanes; any two differing numbers do. */
const LANE_SEEDS = [0, 0x9747b28c] as const;

/**
 * MurmurHash3_x86_32 (Austin Appleby, smhasher, public domain): fast and well
 * spread, and no defence against somebody who looks for collisions.
 */
function murmur3(bytes: Uint8Array, seed: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const blocksEnd = bytes.length & ~3;
  let hash = seed;
  for (let i = 0; i < blocksEnd; i += 4) {
    hash ^= scramble(view.getUint32(i, true));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= blocksEnd; i--) {
    tail = (tail << 8) | bytes[i]!;
  }
  hash ^= scramble(tail) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

/** Returns 16 hex digits that tell contents apart; no signature. */
export function hashHex(bytes: Uint8Array): string {
  return LANE_SEEDS
    .map((seed) => murmur3(bytes, seed).toString(16).padStart(8, "0"))
    .join("");
}

/** Returns 32 well-spread bits of the UTF-8 bytes of a text. */
export function hash32(text: string): number {
  return murmur3(encoder.encode(text), LANE_SEEDS[0]);
}
