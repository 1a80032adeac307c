import type { CRDT } from "../shared/crdt/contract.ts";
import { tryAll } from "./exhaustive.ts";
import { lawsOf } from "./laws_of.ts";
import type { Effort } from "./proof.ts";
import type { LawSubject } from "./subject.ts";

/** What was tried. */
export interface Tried {
  /** How many times a law was put to the proof. */
  readonly runs: number;
  /** How many states the few operations lead to, whoever does them when. */
  readonly states: number;
}

/**
 * Puts every law to the proof for a type, one of your own too. Throws with the
 * law, the smallest history found that breaks it, and the seed and path that
 * find it again.
 */
export function checkLaws<
  C extends CRDT<unknown, Message>,
  Message,
  Row,
  Change,
>(
  subject: LawSubject<C, Message, Row, Change>,
  effort: Effort = {},
): Tried {
  const laws = lawsOf(subject);
  for (const { name, proof } of laws) {
    const broken = proof(effort);
    if (broken === null) continue;
    throw new Error(`${subject.type.name}: ${name}\n${broken}`);
  }
  const { runs = 100, operations = 3 } = effort;
  return { runs: runs * laws.length, states: tryAll(subject, operations) };
}
