/**
 * The laws of CRDT types, to put one of your own to the proof.
 *
 * @module
 */

export { checkLaws, type Tried } from "./check_laws.ts";
export type { Effort } from "./proof.ts";
export type { Command, LawSubject, Sent } from "./subject.ts";
