/** How many UTF-8 bytes a key may have. */
export const KEY_BYTES_MAX = 1024;

const encoder = new TextEncoder();

/** Says what is wrong with the key of a row, or `null`. */
export function keyFault(key: unknown): string | null {
  if (typeof key !== "string") return "no string";
  if (!key.isWellFormed()) return "text with a lone surrogate";
  // A UTF-16 unit has at most three bytes.
  if (key.length * 3 <= KEY_BYTES_MAX) return null;
  const { length } = encoder.encode(key);
  return length > KEY_BYTES_MAX ? `${length} bytes long` : null;
}
