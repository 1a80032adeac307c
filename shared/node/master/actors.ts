/**
 * What the master remembers of each author: the last number, and the verdicts
 * that the author may not have seen. By it every write takes effect once,
 * whatever is lost, doubled or sent through another node.
 *
 * @module
 */

import { hashHex } from "../../codec/hash.ts";
import { encodeValue } from "../../codec/value.ts";
import type { Reader } from "../../codec/reader.ts";
import type { Writer } from "../../codec/writer.ts";
import type { Fault } from "../../protocol/codes.ts";
import { readFault, writeFault } from "../../protocol/fault.ts";
import { ID_LENGTH_MAX } from "../../protocol/limits.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import { subjectOf } from "../subject.ts";

/** What was answered to one write. */
export interface Answered {
  /** What the author sent, as `identityOf` tells it. */
  readonly identity: string;
  /** The commit it became part of; 0 when it changed nothing. */
  readonly seq: number;
  /** Why it was refused. */
  readonly fault: Fault | null;
}

/** What is known of one author. */
export interface ActorRecord {
  /** The hash of the subject who used it first: nobody else may. */
  readonly owner: string;
  /** The last number that was judged. */
  readonly lastN: number;
  /** The answers that the author may not have seen, by number. */
  readonly answers: ReadonlyMap<number, Answered>;
}

/** An author never heard of. */
export const UNKNOWN_ACTOR: ActorRecord = {
  owner: "",
  lastN: 0,
  answers: new Map(),
};

/** How a write stands to what is known of its author. */
export type Numbering =
  | { readonly is: "next" }
  | { readonly is: "answered"; readonly answer: Answered }
  | { readonly is: "forgotten" }
  | { readonly is: "forked" }
  | { readonly is: "foreign" }
  | { readonly is: "crowded" }
  | { readonly is: "gap"; readonly lastN: number };

/** More unseen answers than this are not kept: the author must read some first. */
const ANSWERS_MAX = 512;

/** Whose a write is: the hash of its session's subject. */
function ownerOf(write: PushedWrite): string {
  return hashHex(encodeValue(subjectOf(write.session?.claims)));
}

/**
 * Judges the number of a write. `forgotten` is one whose author has seen the
 * answer: only a copy of its store can ask again.
 */
export function judgeNumber(
  record: ActorRecord,
  write: PushedWrite,
  identity: string,
): Numbering {
  if (record.owner !== "" && record.owner !== ownerOf(write)) {
    return { is: "foreign" };
  }
  if (write.n <= record.lastN) {
    const answer = record.answers.get(write.n);
    if (!answer) return { is: "forgotten" };
    return answer.identity === identity
      ? { is: "answered", answer }
      : { is: "forked" };
  }
  const lastN = Math.max(record.lastN, write.seenThrough);
  if (write.n <= lastN) return { is: "forked" };
  if (write.n > lastN + 1) return { is: "gap", lastN };
  const unseen = [...record.answers.keys()].filter((n) =>
    n > write.seenThrough
  );
  return { is: unseen.length < ANSWERS_MAX ? "next" : "crowded" };
}

/** The record after one more answer; what the author has seen is forgotten. */
export function withAnswer(
  record: ActorRecord,
  write: PushedWrite,
  answer: Answered,
): ActorRecord {
  const answers = new Map(
    [...record.answers].filter(([n]) => n > write.seenThrough),
  );
  answers.set(write.n, answer);
  return { owner: ownerOf(write), lastN: write.n, answers };
}

/** Writes a record. */
export function writeActor(writer: Writer, record: ActorRecord): void {
  writer.string(record.owner);
  writer.uint(record.lastN);
  writer.list([...record.answers], (w, [n, answer]) => {
    w.uint(n);
    w.string(answer.identity);
    w.uint(answer.seq);
    w.u8(answer.fault ? 1 : 0);
    if (answer.fault) writeFault(w, answer.fault);
  });
}

/** Reads what `writeActor` wrote. */
export function readActor(reader: Reader): ActorRecord {
  const owner = reader.string(ID_LENGTH_MAX);
  const lastN = reader.uint();
  const answers = reader.list(Infinity, (r) => {
    const n = r.uint();
    const identity = r.string(ID_LENGTH_MAX);
    const seq = r.uint();
    const fault = r.flag() ? readFault(r) : null;
    return [n, { identity, seq, fault }] as const;
  });
  return { owner, lastN, answers: new Map(answers) };
}
