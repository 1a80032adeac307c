/**
 * The one row of a counter: for each actor how far its changes were taken in,
 * and what they add up to, so that one that comes again counts once; and what
 * those added who have gone.
 *
 * @module
 */

import { decodeError } from "../codec/decode_error.ts";
import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import { readByActor, writeByActor } from "./by_actor.ts";
import type { Dot } from "./contract.ts";

/** What an actor has added, up to its change of this number. */
export interface Tally {
  /** The number of its last change. */
  readonly last: number;
  /** What all of them add up to. */
  readonly sum: bigint;
}

/** A counter as it is stored. */
export interface PNCounterRow {
  /** What was there first, and what those added who have gone. */
  readonly base: bigint;
  /** By actor, in the order of their ids. */
  readonly tallies: ReadonlyMap<string, Tally>;
}

/** By how much a write changes a counter. */
export interface Increment {
  /** A safe integer other than 0. */
  readonly amount: number;
}

const BOTTOM: PNCounterRow = { base: 0n, tallies: new Map() };

/** What a row adds up to. */
export function totalOf({ base, tallies }: PNCounterRow): bigint {
  let total = base;
  for (const { sum } of tallies.values()) total += sum;
  return total;
}

/** The row after an increment; one that was taken in already changes nothing. */
export function applyIncrement(
  held: PNCounterRow = BOTTOM,
  { amount }: Increment,
  { actor, counter }: Dot,
): PNCounterRow {
  const known = held.tallies.get(actor) ?? { last: -1, sum: 0n };
  if (counter <= known.last) return held;
  const tally = { last: counter, sum: known.sum + BigInt(amount) };
  return { ...held, tallies: new Map(held.tallies).set(actor, tally) };
}

/** Both rows' tallies, and of an actor's the later one. */
export function joinCounts(
  held: PNCounterRow | undefined,
  incoming: PNCounterRow,
): PNCounterRow {
  if (held === undefined) return incoming;
  const news = [...incoming.tallies].filter(([actor, { last }]) =>
    last > (held.tallies.get(actor)?.last ?? -1)
  );
  const base = incoming.base > held.base ? incoming.base : held.base;
  if (news.length === 0 && base === held.base) return held;
  return { base, tallies: new Map([...held.tallies, ...news]) };
}

/** What those added who have gone is kept without their names. */
export function retireTallies(
  row: PNCounterRow,
  isGone: (actor: string) => boolean,
): PNCounterRow {
  const gone = [...row.tallies].filter(([actor]) => isGone(actor));
  if (gone.length === 0) return row;
  const tallies = new Map(row.tallies);
  let { base } = row;
  for (const [actor, { sum }] of gone) {
    tallies.delete(actor);
    base += sum;
  }
  return { base, tallies };
}

/** Writes the canonical bytes of a row. */
export function writeCount(writer: Writer, row: PNCounterRow): void {
  writer.value(row.base);
  writeByActor(writer, row.tallies, (to, { last, sum }) => {
    to.uint(last);
    to.value(sum);
  });
}

/** Reads what `writeCount` wrote. */
export function readCount(reader: Reader): PNCounterRow {
  const base = readBigint(reader);
  const tallies = readByActor(reader, (from): Tally => ({
    last: from.uint(),
    sum: readBigint(from),
  }));
  return { base, tallies };
}

/** Writes the canonical bytes of an increment. */
export function writeIncrement(writer: Writer, { amount }: Increment): void {
  writer.int(amount);
}

/** Reads what `writeIncrement` wrote. */
export function readIncrement(reader: Reader): Increment {
  const at = reader.at;
  const amount = reader.int();
  if (amount !== 0) return { amount };
  throw decodeError(at, "an increment by 0", "another amount");
}

function readBigint(reader: Reader): bigint {
  const at = reader.at;
  const value = reader.value();
  if (typeof value === "bigint") return value;
  throw decodeError(at, typeof value, "a bigint");
}
