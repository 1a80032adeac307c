/**
 * The laws of replicas: they agree when all have heard of all, on what the slow
 * oracle says; and a version stays what it was.
 *
 * @module
 */

import * as fc from "fast-check";
import type { CRDT } from "../shared/crdt/contract.ts";
import { canonical } from "./canonical.ts";
import { clocks } from "./clocks.ts";
import { expectSame } from "./expect_same.ts";
import { act, hear, hearable, type Mesh, meshOf } from "./mesh.ts";
import { ACTORS } from "./star_laws.ts";
import { type Proof, proofOf } from "./proof.ts";
import type { Command, LawSubject } from "./subject.ts";

/** A replica hears of something, and then does something. */
interface Step<C, Message> {
  readonly at: number;
  /** Which of the messages that it may hear, each time. */
  readonly hears: readonly number[];
  readonly command: Command<C, Message>;
}

/** What a replica of a type held once. */
interface Version<C> {
  readonly crdt: C;
  readonly value: string;
}

/** Replicas converge, on the oracle's value, and no version ever changes. */
export function convergence<
  C extends CRDT<unknown, Message>,
  Message,
  Row,
  Change,
>(subject: LawSubject<C, Message, Row, Change>): Proof {
  const step: fc.Arbitrary<Step<C, Message>> = fc.record({
    at: fc.nat(ACTORS.length - 1),
    hears: fc.array(fc.nat(), { maxLength: 3 }),
    command: subject.command,
  });
  const steps = fc.array(step, { maxLength: 16 });
  const rest = fc.array(fc.nat(), { minLength: 8, maxLength: 24 });
  return proofOf(fc.property(clocks, steps, rest, (clock, program, order) => {
    const versions: Version<C>[] = [];
    let mesh: Mesh<C, Message> = meshOf(subject, ACTORS, clock());
    for (const { at, hears, command } of program) {
      mesh = hearSome(subject, mesh, at, hears);
      mesh = act(mesh, at, command);
      const { crdt } = mesh.replicas[at]!;
      versions.push({ crdt, value: canonical(crdt.getValue()) });
    }
    for (const at of ACTORS.keys()) mesh = hearAll(subject, mesh, at, order);
    const wanted = canonical(subject.oracle(mesh.sent));
    for (const { actor, crdt } of mesh.replicas) {
      expectSame(`what ${actor} holds`, canonical(crdt.getValue()), wanted);
    }
    for (const { crdt, value } of versions) {
      expectSame("an old version", canonical(crdt.getValue()), value);
    }
  }));
}

function hearSome<C extends CRDT<unknown, Message>, Message, Row, Change>(
  { type }: LawSubject<C, Message, Row, Change>,
  mesh: Mesh<C, Message>,
  at: number,
  which: readonly number[],
): Mesh<C, Message> {
  return which.reduce((now, number) => {
    const may = hearable(now, at, type.delivery);
    return may.length === 0 ? now : hear(now, at, may[number % may.length]!);
  }, mesh);
}

/** Until it has heard of all: in an order of its own, some of it again. */
function hearAll<C extends CRDT<unknown, Message>, Message, Row, Change>(
  { type }: LawSubject<C, Message, Row, Change>,
  mesh: Mesh<C, Message>,
  at: number,
  order: readonly number[],
): Mesh<C, Message> {
  let now = mesh;
  for (let i = 0;; i++) {
    const may = hearable(now, at, type.delivery);
    const unheard = may.filter((one) => !now.replicas[at]!.seen.has(one));
    if (unheard.length === 0) return now;
    const from = i % 3 === 0 ? may : unheard;
    now = hear(now, at, from[order[i % order.length]! % from.length]!);
  }
}
