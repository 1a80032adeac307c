/**
 * The laws of rows under the kit's own delivery: what was refused leaves
 * nothing behind, what comes twice counts once, and all see what the oracle
 * says of the accepted.
 *
 * @module
 */

import * as fc from "fast-check";
import type { Clock, CRDT } from "../shared/crdt/contract.ts";
import { canonical } from "./canonical.ts";
import { clocks } from "./clocks.ts";
import { expectSame } from "./expect_same.ts";
import { Star } from "./star.ts";
import { type Proof, proofOf } from "./proof.ts";
import type { Command, LawSubject } from "./subject.ts";

/** Who takes part, in no order. */
export const ACTORS: readonly string[] = ["b", "a", "c"];

type Step<C, Message> =
  | {
    readonly does: "write";
    readonly at: number;
    readonly command: Command<C, Message>;
  }
  | {
    readonly does: "judge";
    readonly at: number;
    readonly accepts: boolean;
    readonly doubles: boolean;
  }
  | {
    readonly does: "fork";
    readonly at: number;
    readonly command: Command<C, Message>;
  }
  | { readonly does: "pull"; readonly at: number };

/** What becomes of a master and its authors: a clock, and steps. */
export type History<C, Message> = readonly [
  clock: () => Clock,
  steps: readonly Step<C, Message>[],
];

/** Histories in which some writes are refused, and some not answered. */
export function histories<
  C extends CRDT<unknown, Message>,
  Message,
  Row,
  Change,
>(
  subject: LawSubject<C, Message, Row, Change>,
  answers: fc.Arbitrary<boolean> = fc.boolean(),
): fc.Arbitrary<History<C, Message>> {
  const at = fc.nat(ACTORS.length - 1);
  const step: fc.Arbitrary<Step<C, Message>> = fc.oneof(
    fc.record({
      does: fc.constant("write" as const),
      at,
      command: subject.command,
    }),
    fc.record({
      does: fc.constant("judge" as const),
      at,
      accepts: answers,
      doubles: fc.boolean(),
    }),
    fc.record({
      does: fc.constant("fork" as const),
      at,
      command: subject.command,
    }),
    fc.record({ does: fc.constant("pull" as const), at }),
  );
  return fc.tuple(clocks, fc.array(step, { maxLength: 24 }));
}

/** A master and its authors after a history. */
export function starAfter<
  C extends CRDT<unknown, Message>,
  Message,
  Row,
  Change,
>(
  subject: LawSubject<C, Message, Row, Change>,
  [clock, steps]: History<C, Message>,
): Star<C, Message, Row, Change> {
  const star = new Star(subject, ACTORS, clock());
  for (const one of steps) {
    if (one.does === "write") star.write(one.at, one.command);
    else if (one.does === "fork") star.fork(one.at, one.command);
    else if (one.does === "pull") star.pull(one.at);
    else star.judge(one.at, one.accepts, one.doubles);
  }
  return star;
}

/** Whatever was refused, all end with what the oracle makes of the accepted. */
export function refusal<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
): Proof {
  const answers = fc.infiniteStream(fc.boolean());
  const all = histories(subject);
  return proofOf(fc.property(all, answers, (history, accepts) => {
    const star = starAfter(subject, history);
    for (const at of ACTORS.keys()) {
      while (star.authors[at]!.unanswered.length > 0) {
        star.judge(at, accepts.next().value, true);
      }
    }
    const wanted = canonical(subject.oracle(star.accepted));
    for (const at of ACTORS.keys()) {
      star.pull(at);
      const found = canonical(star.view(at).getValue());
      expectSame(`what ${ACTORS[at]} sees`, found, wanted);
    }
  }));
}
