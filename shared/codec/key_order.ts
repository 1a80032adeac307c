/**
 * Orders two keys by their UTF-8 bytes, which is the order of their code
 * points; SQLite orders text so, and so does everything here. `<` would order
 * by UTF-16 units, where a surrogate pair stands before U+E000.
 */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Moves the surrogates, which stand for U+10000 and up, behind U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
