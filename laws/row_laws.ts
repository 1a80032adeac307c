/**
 * The laws of a row: its bytes are read again as what they were written from,
 * it may stand where it stands, versions of it have a least upper bound, and
 * what it keeps of actors that have gone can be folded.
 *
 * @module
 */

import * as fc from "fast-check";
import { readWhole } from "../shared/codec/reader.ts";
import { bytesOf } from "../shared/codec/writer.ts";
import type { CRDT, CrdtContract } from "../shared/crdt/contract.ts";
import { canonical, hexOf } from "./canonical.ts";
import { expectSame } from "./expect_same.ts";
import { messageText } from "./message_text.ts";
import { applyWrite, heardOf, rowsAfter } from "./row_history.ts";
import { ACTORS, histories, starAfter } from "./star_laws.ts";
import { type Proof, proofOf } from "./proof.ts";
import type { LawSubject } from "./subject.ts";

/** Rows and changes are what their bytes say, and stand where they may. */
export function bytes<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
): Proof {
  const { type } = subject;
  return proofOf(fc.property(histories(subject), (history) => {
    const star = starAfter(subject, history);
    const again = new Map<string, Row>();
    for (const [key, row] of star.rows) {
      const fault = type.faultOf(key, row);
      if (fault !== null) throw new Error(`a row may not stand: ${fault}`);
      const read = readWhole(rowBytes(type, row), (from) => type.readRow(from));
      expectSame("a row read again", rowHex(type, read), rowHex(type, row));
      again.set(key, read);
    }
    expectSame(
      "the value of rows read again",
      canonical(star.fold("z", again).getValue()),
      canonical(star.fold("z", star.rows).getValue()),
    );
    for (const { message, actor } of star.accepted) {
      const changes = [...type.rows(message)];
      for (const [key, change] of changes) {
        const fault = type.faultOf(key, change);
        if (fault !== null) throw new Error(`a change may not stand: ${fault}`);
        const wire = changeBytes(type, change, actor);
        const read = readWhole(wire, (from) => type.readChange(from, actor));
        expectSame(
          "a change read again",
          hexOf(changeBytes(type, read, actor)),
          hexOf(wire),
        );
      }
      expectSame(
        "the message of its changes",
        messageText(type, type.message(changes)),
        messageText(type, message),
      );
    }
  }));
}

/**
 * Rows that heard of different writes have one least upper bound: the rows that
 * heard of the writes of both. So deltas joined are states joined, in whatever
 * order, however often.
 */
export function joins<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
): Proof {
  const { type } = subject;
  const choices = fc.array(fc.nat(), { maxLength: 12 });
  const all = histories(subject, fc.constant(true));
  return proofOf(
    fc.property(all, choices, choices, (history, one, other) => {
      const { written } = starAfter(subject, history);
      const [a, b] = [heardOf(written, one), heardOf(written, other)];
      const both = [...a, ...b.filter((write) => !a.includes(write))];
      const [left, right, bound] = [a, b, both].map((writes) =>
        rowsAfter(type, writes)
      );
      for (const [key, wanted] of bound!) {
        const found = joinAt(type, left!.get(key), right!.get(key));
        const turned = joinAt(type, right!.get(key), left!.get(key));
        const hex = rowHex(type, wanted);
        expectSame("the bound of two rows", rowHex(type, found), hex);
        expectSame("the other way round", rowHex(type, turned), hex);
        expectSame("joined again", rowHex(type, type.join(found, wanted)), hex);
      }
    }),
  );
}

function joinAt<C, Message, Row, Change>(
  { join }: CrdtContract<C, Message, Row, Change>,
  held: Row | undefined,
  incoming: Row | undefined,
): Row {
  return incoming === undefined ? held! : join(held, incoming);
}

/**
 * Without the names of actors that have gone, the value is what it was, and what
 * comes twice of those who have not gone changes nothing.
 */
export function folding<C extends CRDT<unknown, Message>, Message, Row, Change>(
  subject: LawSubject<C, Message, Row, Change>,
): Proof {
  const { type } = subject;
  const gone = fc.subarray([...ACTORS]);
  return proofOf(fc.property(histories(subject), gone, (history, left) => {
    const star = starAfter(subject, history);
    const retired = new Map(
      [...star.rows].map(([key, row]) => [
        key,
        type.retire(row, (actor) => left.includes(actor)),
      ]),
    );
    const wanted = canonical(star.fold("z", star.rows).getValue());
    const expectValue = (what: string) =>
      expectSame(what, canonical(star.fold("z", retired).getValue()), wanted);
    expectValue("the value without who has gone");
    for (const write of star.written) {
      const { sent } = write;
      const isThere = star.accepted.includes(sent) &&
        !left.includes(sent.actor);
      if (isThere) applyWrite(type, retired, write);
    }
    expectValue("the value after what came twice");
  }));
}

function rowBytes<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  row: Row,
): Uint8Array {
  return bytesOf((writer) => type.writeRow(writer, row));
}

function rowHex<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  row: Row,
): string {
  return hexOf(rowBytes(type, row));
}

function changeBytes<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  change: Change,
  author: string,
): Uint8Array {
  return bytesOf((writer) => type.writeChange(writer, change, author));
}
