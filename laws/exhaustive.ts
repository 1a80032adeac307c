/**
 * Every way in which a few operations can be done over three replicas that hear
 * of one another: each operation by anybody, at any time, each message taken in
 * whenever delivery allows. What leads to the same state is followed once.
 *
 * @module
 */

import type { CRDT } from "../shared/crdt/contract.ts";
import { canonical } from "./canonical.ts";
import { expectSame } from "./expect_same.ts";
import { messageText } from "./message_text.ts";
import { act, hear, hearable, type Mesh, meshOf } from "./mesh.ts";
import { ACTORS } from "./star_laws.ts";
import type { Command, LawSubject, Sent } from "./subject.ts";

/** A clock that stands still: whatever can tie does. */
const STILL = { now: () => 1 };

/** A state on the way: the mesh, and what is still to be done. */
interface Visit<C, Message> {
  readonly mesh: Mesh<C, Message>;
  readonly left: readonly Command<C, Message>[];
}

/**
 * Tries all of them. In every state each replica holds what the oracle makes of
 * the messages that it has heard of. Returns how many states there are.
 */
export function tryAll<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
  operations: number,
): number {
  const visited = new Set<string>();
  const left = subject.few.slice(0, operations);
  const open: Visit<C, Message>[] = [
    { mesh: meshOf(subject, ACTORS, STILL), left },
  ];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    for (const next of after(subject, visit)) {
      const state = nameOf(subject, next);
      if (visited.has(state)) continue;
      visited.add(state);
      check(subject, next.mesh);
      open.push(next);
    }
  }
  return visited.size;
}

function* after<C extends CRDT<unknown, Message>, Message, Row, Change>(
  { type }: LawSubject<C, Message, Row, Change>,
  { mesh, left }: Visit<C, Message>,
): Iterable<Visit<C, Message>> {
  for (const at of ACTORS.keys()) {
    for (const [i, command] of left.entries()) {
      yield { mesh: act(mesh, at, command), left: left.toSpliced(i, 1) };
    }
    for (const one of hearable(mesh, at, type.delivery)) {
      yield { mesh: hear(mesh, at, one), left };
    }
  }
}

function check<C extends CRDT<unknown, Message>, Message, Row, Change>(
  { oracle }: LawSubject<C, Message, Row, Change>,
  { replicas, sent }: Mesh<C, Message>,
): void {
  for (const { actor, crdt, seen } of replicas) {
    const wanted = canonical(oracle(sent.filter((one) => seen.has(one))));
    expectSame(`what ${actor} holds`, canonical(crdt.getValue()), wanted);
  }
}

/** A text that two states have in common only if nothing tells them apart. */
function nameOf<C extends CRDT<unknown, Message>, Message, Row, Change>(
  { type, stateOf }: LawSubject<C, Message, Row, Change>,
  { mesh: { replicas, sent }, left }: Visit<C, Message>,
): string {
  // Who sent what in which order is one thing to all replicas but by what they saw.
  const sorted = sent
    .map((one) => ({ one, name: one.actor + messageText(type, one.message) }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const heard = (seen: ReadonlySet<Sent<Message>>) =>
    sorted.map(({ one }) => seen.has(one) ? 1 : 0).join("");
  return [
    ...left.map(({ name }) => name),
    ...sorted.map(({ one, name }) => name + heard(one.seen)),
    ...replicas.map(({ crdt, seen }) => canonical(stateOf(crdt)) + heard(seen)),
  ].join("|");
}
