/** How long a node's id may be. */
export const NODE_ID_CHARS_MAX = 64;

const PRINTABLE_ASCII = /^[ -~]*$/;

/** The last one that was fine: rows of one author come together. */
let fine = "";

/** Says what is wrong with a node's id, or `null`; `""` is the bottom's writer. */
export function nodeIdFault(id: unknown): string | null {
  if (id === fine) return null;
  if (typeof id !== "string") return "no string";
  if (id.length > NODE_ID_CHARS_MAX) return `${id.length} characters long`;
  if (!PRINTABLE_ASCII.test(id)) return "not ASCII";
  fine = id;
  return null;
}
