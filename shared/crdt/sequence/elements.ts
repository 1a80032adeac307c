/**
 * The elements of a piece: a string where each is one code point, which is what
 * text is made of, or an array.
 *
 * @module
 */

/** Elements, at least one where they are in a run. */
export type Elements<VT> = string | readonly VT[];

/** Whether a value is one code point, and so may stand in a string with others. */
export function isCodePoint(value: unknown): value is string {
  if (typeof value !== "string" || value.length === 0) return false;
  return value.length === 1
    ? value < "\ud800" || value > "\udfff"
    : value.length === 2 && value.codePointAt(0)! > 0xffff;
}

/** How many elements there are. */
export function countOf(elements: Elements<unknown>): number {
  if (typeof elements !== "string") return elements.length;
  let count = 0;
  for (let i = 0; i < elements.length; i++) {
    if (!isSecondHalf(elements, i)) count++;
  }
  return count;
}

/** Some of the elements: `count` of them from one on. */
export function slice<VT>(
  elements: Elements<VT>,
  from: number,
  count: number,
): Elements<VT> {
  if (typeof elements !== "string") return elements.slice(from, from + count);
  const start = unitAt(elements, 0, from);
  return elements.slice(start, unitAt(elements, start, count));
}

/** The elements of both, one after the other; `null` where they are not of one kind. */
export function concat<VT>(
  one: Elements<VT>,
  other: Elements<VT>,
): Elements<VT> | null {
  if (typeof one === "string") {
    return typeof other === "string" ? one + other : null;
  }
  return typeof other === "string" ? null : [...one, ...other];
}

/** Pieces as large as they can be: code points together, other values together. */
export function piecesOf<VT>(values: Elements<VT>): Elements<VT>[] {
  if (typeof values === "string") return values === "" ? [] : [values];
  const pieces: Elements<VT>[] = [];
  let others: VT[] = [];
  let text = "";
  for (const value of values) {
    if (isCodePoint(value)) {
      if (others.length > 0) pieces.push(others);
      others = [];
      text += value;
    } else {
      if (text !== "") pieces.push(text);
      text = "";
      others.push(value);
    }
  }
  if (text !== "") pieces.push(text);
  if (others.length > 0) pieces.push(others);
  return pieces;
}

/**
 * The next elements from a place on, which is a unit of text or an index: as
 * many as there are, but at most `most`; how many, and where the rest begins.
 */
export function take<VT>(
  elements: Elements<VT>,
  from: number,
  most: number,
): {
  readonly taken: Elements<VT>;
  readonly count: number;
  readonly to: number;
} {
  if (typeof elements !== "string") {
    const taken = elements.slice(from, from + most);
    return { taken, count: taken.length, to: from + taken.length };
  }
  let [to, count] = [from, 0];
  while (to < elements.length && count < most) {
    to += elements.codePointAt(to)! > 0xffff ? 2 : 1;
    count++;
  }
  return { taken: elements.slice(from, to), count, to };
}

/** Where in a string so many code points end, counted from a unit on. */
function unitAt(text: string, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < count; i++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

function isSecondHalf(text: string, i: number): boolean {
  const unit = text.charCodeAt(i);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** How many code points so many units of a text are; `null` for half of one. */
export function codePointsIn(text: string, units: number): number | null {
  if (units < text.length && isSecondHalf(text, units)) return null;
  return countOf(text.slice(0, units));
}
