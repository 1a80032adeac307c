import { compareKeys } from "../codec/key_order.ts";
import type { KeyRange } from "./rows.ts";

const CODE_POINT_MAX = 0x10ffff;

/** Returns the least key behind a key. */
export function after(key: string): string {
  return key + "\0";
}

/** Returns the range that holds one key. */
export function keyRange(key: string): KeyRange {
  return { from: key, to: after(key) };
}

/** Returns the range of all keys that begin so; `""` gives every key. */
export function prefixRange(prefix: string): KeyRange {
  return { from: prefix, to: successor(prefix) };
}

/** Says whether a range holds a key. */
export function inRange(range: KeyRange, key: string): boolean {
  return compareKeys(range.from, key) <= 0 &&
    (range.to === null || compareKeys(key, range.to) < 0);
}

/** The least key that is behind every key with the prefix; `null` if none is. */
function successor(prefix: string): string | null {
  const points = [...prefix];
  while (points.length > 0) {
    const last = points.pop()!.codePointAt(0)!;
    if (last === CODE_POINT_MAX) continue;
    // Surrogates are no characters, so U+D7FF is followed by U+E000.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return points.join("") + String.fromCodePoint(next);
  }
  return null;
}
