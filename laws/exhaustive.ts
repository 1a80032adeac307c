/**
 * Every way in which a few operations can be done over three replicas that hear
 * of one another: each operation by anybody, at any time, each message taken in
 * whenever delivery allows. What leads to the same state is followed once, and a
 * replica hears right before it acts: what it heard sooner, and others did
 * meanwhile, makes no other state.
 *
 * @module
 */

import type { CRDT } from "../shared/crdt/contract.ts";
import { canonical } from "./canonical.ts";
import { expectSame } from "./expect_same.ts";
import { messageText } from "./message_text.ts";
import {
  act,
  hear,
  hearable,
  type Mesh,
  meshOf,
  type Replica,
} from "./mesh.ts";
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
 * Tries all of them. In every state a replica holds what the oracle makes of the
 * messages that it has heard of. Returns how many states of replicas there are.
 */
export function tryAll<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
  operations: number,
): number {
  let states = 0;
  const visited = new Set<string>();
  const wanted = new Wanted(subject);
  const left = subject.few.slice(0, operations);
  const open: Visit<C, Message>[] = [
    { mesh: meshOf(subject, ACTORS, STILL), left },
  ];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    for (const at of ACTORS.keys()) {
      for (const mesh of afterHearing(subject, visit.mesh, at)) {
        states++;
        wanted.check(mesh, at);
        for (const [i, command] of visit.left.entries()) {
          const left = visit.left.toSpliced(i, 1);
          const next = { mesh: act(mesh, at, command), left };
          const name = nameOf(subject, next);
          if (visited.has(name)) continue;
          visited.add(name);
          open.push(next);
        }
      }
    }
  }
  return states;
}

/** The mesh with one replica in every state that hearing can bring it to. */
function afterHearing<
  C extends CRDT<unknown, Message>,
  Message,
  Row,
  Change,
>(
  subject: LawSubject<C, Message, Row, Change>,
  mesh: Mesh<C, Message>,
  at: number,
): Iterable<Mesh<C, Message>> {
  const { type } = subject;
  const nameAt = ({ replicas, sent }: Mesh<C, Message>) =>
    replicaName(subject, replicas[at]!, sent);
  const reached = new Map([[nameAt(mesh), mesh]]);
  // A map is walked on to what is put in meanwhile.
  for (const from of reached.values()) {
    for (const one of hearable(from, at, type.delivery)) {
      const next = hear(from, at, one);
      const name = nameAt(next);
      if (!reached.has(name)) reached.set(name, next);
    }
  }
  return reached.values();
}

/** What the oracle says of some messages, asked once of each lot. */
class Wanted<C extends CRDT<unknown, Message>, Message, Row, Change> {
  readonly #subject: LawSubject<C, Message, Row, Change>;
  readonly #ids = new Map<Sent<Message>, number>();
  readonly #said = new Map<string, string>();

  constructor(subject: LawSubject<C, Message, Row, Change>) {
    this.#subject = subject;
  }

  /** Compares what a replica holds. */
  check({ replicas, sent }: Mesh<C, Message>, at: number): void {
    const { actor, crdt, seen } = replicas[at]!;
    const heard = sent.filter((one) => seen.has(one));
    const lot = heard.map((one) => this.#idOf(one)).join();
    const said = this.#said.get(lot) ?? canonical(this.#subject.oracle(heard));
    this.#said.set(lot, said);
    expectSame(`what ${actor} holds`, canonical(crdt.getValue()), said);
  }

  #idOf(one: Sent<Message>): number {
    const id = this.#ids.get(one) ?? this.#ids.size;
    this.#ids.set(one, id);
    return id;
  }
}

/** What a replica holds, and of which of some messages it has heard. */
function replicaName<
  C extends CRDT<unknown, Message>,
  Message,
  Row,
  Change,
>(
  { stateOf }: LawSubject<C, Message, Row, Change>,
  { crdt, seen }: Replica<C, Message>,
  sent: readonly Sent<Message>[],
): string {
  return canonical(stateOf(crdt)) + heardBits(sent, seen);
}

function heardBits<Message>(
  sent: readonly Sent<Message>[],
  seen: ReadonlySet<Sent<Message>>,
): string {
  return sent.map((one) => seen.has(one) ? 1 : 0).join("");
}

/** A text that two states have in common only if nothing tells them apart. */
function nameOf<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
  { mesh: { replicas, sent }, left }: Visit<C, Message>,
): string {
  const { type } = subject;
  // Who sent what in which order is one thing to all replicas but by what they saw.
  const named = sent
    .map((one) => ({ one, name: one.actor + messageText(type, one.message) }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const sorted = named.map(({ one }) => one);
  return [
    ...left.map(({ name }) => name),
    ...named.map(({ one, name }) => name + heardBits(sorted, one.seen)),
    ...replicas.map((replica) => replicaName(subject, replica, sorted)),
  ].join("|");
}
