/**
 * Every code that a refusal can carry, with what it means. A code is stable;
 * the sentence beside it is for people.
 *
 * @module
 */

/** The codes, in the order in which a write is judged. */
export const CODES = {
  "too-large": "a limit of size or count was passed",
  "malformed": "the bytes are no message of this protocol",
  "protocol-version": "the peer speaks another version of the protocol",
  "spec-mismatch": "the peer runs another spec",
  "needs-auth": "there is no valid session",
  "forbidden": "the rules do not allow it",
  "actor-forked": "the number was used for another write",
  "gap": "writes before this one are missing",
  "forged-writer": "a stamp does not bear the author's id",
  "clock-skew": "a stamp is too far ahead of the master's time",
  "unknown-path": "the path names nothing that can be used so",
  "wrong-type": "the message is of another CRDT type",
  "bad-value": "the value is not what the var holds",
  "computation-failed": "the computation threw or gave a wrong effect",
  "mutation-without-result": "a mutator gave undefined",
  "dependent": "a write that this one needs was refused",
  "space-full": "the store has no room",
  "internal": "a broken invariant; nothing was changed",
} as const;

/** One of the codes. */
export type Code = keyof typeof CODES;

const ORDER = Object.keys(CODES) as Code[];

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
  /** What stood there; never a secret, never another's data. */
  readonly found: string;
  /** What should have stood there. */
  readonly wanted: string;
}

/** A fault as one sentence. */
export function sentenceOf(fault: Fault): string {
  return `${fault.code} at ${fault.path}: found ${fault.found}, want ${fault.wanted}`;
}
