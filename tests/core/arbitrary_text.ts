import type { Seeded } from "./seeded.ts";

/** Characters at the borders of UTF-8, of UTF-16, and of what sorts where. */
const CHARACTERS = [
  "\0",
  "a",
  "b",
  "/",
  "~",
  "\x7f",
  "\x80",
  "é",
  "\u07ff",
  "\u0800",
  "\ud7ff",
  "\ue000",
  "\ufeff",
  "\uffee",
  "\uffff",
  "\u{10000}",
  "😀",
  "\u{10ffff}",
] as const;

/** Makes well-formed text of up to so many characters. */
export function arbitraryText(chance: Seeded, charactersMax = 5): string {
  const count = chance.below(charactersMax + 1);
  return chance.many(count, () => chance.pick(CHARACTERS)).join("");
}
