/**
 * Every code that a refusal can carry. A code is stable; what it means stands
 * in `code_sentences.ts`, for those who show it to people.
 *
 * @module
 */

import type { CODES } from "./code_sentences.ts";

/** One of the codes. */
export type Code = keyof typeof CODES;

/** By their numbers on the wire: the order in which a write is judged. */
const ORDER: readonly Code[] = [
  "too-large",
  "malformed",
  "protocol-version",
  "spec-mismatch",
  "needs-auth",
  "forbidden",
  "actor-forked",
  "answered",
  "gap",
  "forged-writer",
  "clock-skew",
  "stale-write",
  "unknown-path",
  "wrong-type",
  "bad-value",
  "computation-failed",
  "mutation-without-result",
  "dependent",
  "space-full",
  "behind",
  "internal",
];

/** The number of a code on the wire. */
export function numberOfCode(code: Code): number {
  return ORDER.indexOf(code);
}

/** The code of a number on the wire, or nothing. */
export function codeOfNumber(number: number): Code | undefined {
  return ORDER[number];
}

/** Why something was refused: the code, where the fault is, what was found and wanted. */
export interface Fault {
  /** Which kind of fault. */
  readonly code: Code;
  /** Where: a var's path, a field of a message. */
  readonly path: string;
  /**
   * What stood there; never a secret, never another's data. Empty, as what was
   * wanted, from a page whose errors have no words.
   */
  readonly found: string;
  /** What should have stood there. */
  readonly wanted: string;
}

/** A fault as one sentence. */
export function sentenceOf(fault: Fault): string {
  const { code, path, found, wanted } = fault;
  const where = `${code} at ${path}`;
  return wanted === "" ? where : `${where}: found ${found}, want ${wanted}`;
}
