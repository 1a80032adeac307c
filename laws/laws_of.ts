import type { CRDT } from "../shared/crdt/contract.ts";
import { convergence } from "./mesh_laws.ts";
import type { Proof } from "./proof.ts";
import { bytes, folding, joins } from "./row_laws.ts";
import { refusal } from "./star_laws.ts";
import type { LawSubject } from "./subject.ts";

/** Something that holds for a type. */
export interface Law {
  /** What holds. */
  readonly name: string;
  /** How it is put to the proof. */
  readonly proof: Proof;
}

/** What must hold for a CRDT type. */
export function lawsOf<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
): Law[] {
  return [
    {
      name: "replicas that have heard of all agree, and no version changes",
      proof: convergence(subject),
    },
    {
      name: "what is refused leaves nothing behind",
      proof: refusal(subject),
    },
    {
      name: "deltas joined are states joined, in any order, however often",
      proof: joins(subject),
    },
    {
      name: "what is written is read again",
      proof: bytes(subject),
    },
    {
      name: "actors that have gone are folded away",
      proof: folding(subject),
    },
  ];
}
