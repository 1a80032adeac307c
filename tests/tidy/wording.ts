/**
 * Words that a finished repository does not hold. Each pattern is written so
 * that it does not find itself.
 *
 * @module
 */

const UNFINISHED = [
  /\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/,
  /\bnot implemente[d]\b/i,
  /\bunimplemente[d]\b/i,
  /\bfor no[w]\b/i,
  // An input's attribute of that name is no unfinished work, and a
  // pseudo-element is none either.
  /(?<!:)\bplaceholde[r]\b(?!\s*[=:])/i,
];

const SILENCED = [
  /@ts-(?:ignor[e]|nochec[k]|expect-erro[r])/,
  /\bas an[y]\b/,
  /\bas unknow[n] as\b/,
  /\bdeno-(?:lint|fmt|coverage)-ignor[e]/,
  /\b(?:ignor[e]|onl[y]):\s*true\b/,
  /\bDeno\.test\.(?:ignor[e]|onl[y]|ski[p])\(/,
];

function linesWith(text: string, patterns: readonly RegExp[]): string[] {
  return text.split("\n").flatMap((line, index) =>
    patterns.some((pattern) => pattern.test(line))
      ? [`${index + 1}: ${line.trim()}`]
      : []
  );
}

/** Returns the lines that speak of unfinished work, with their numbers. */
export function unfinishedLines(text: string): readonly string[] {
  return linesWith(text, UNFINISHED);
}

/** Returns the lines that switch a check or a test off, with their numbers. */
export function silencedLines(text: string): readonly string[] {
  return linesWith(text, SILENCED);
}
