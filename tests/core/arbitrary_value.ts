import { arbitraryText } from "./arbitrary_text.ts";
import type { Seeded } from "./seeded.ts";

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  63,
  64,
  -64,
  -65,
  127,
  128,
  8191,
  8192,
  2 ** 31,
  2 ** 32 + 7,
  -(2 ** 47),
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 53,
  -(2 ** 53),
  1e300,
  0.1,
  -2.5,
  Number.MIN_VALUE,
] as const;

const BIGINTS = [0n, 1n, -1n, 255n, 256n, -(2n ** 64n), 2n ** 200n] as const;

function arbitraryScalar(chance: Seeded): unknown {
  switch (chance.below(9)) {
    case 0:
      return undefined;
    case 1:
      return null;
    case 2:
      return chance.below(2) === 1;
    case 3:
      return chance.pick(NUMBERS);
    case 4:
      return chance.below(1_000_000) / chance.pick([1, 8, 3]);
    case 5:
      return chance.pick(BIGINTS);
    case 6:
      return new Date(chance.pick([0, -1, 8.64e15, -8.64e15, 1.8e12]));
    case 7:
      return Uint8Array.from(chance.many(chance.below(6), () => 255));
    default:
      return arbitraryText(chance, chance.pick([3, 3, 90]));
  }
}

/** Makes a value that the codec carries. */
export function arbitraryValue(chance: Seeded, levels = 3): unknown {
  const kind = levels === 0 ? 9 : chance.below(10);
  const count = chance.below(5);
  if (kind < 2) {
    return chance.many(count, () => arbitraryValue(chance, levels - 1));
  }
  if (kind > 3) return arbitraryScalar(chance);
  return Object.fromEntries(
    chance.many(count, () => [
      arbitraryText(chance),
      arbitraryValue(chance, levels - 1),
    ]),
  );
}
