/**
 * What a CRDT is to the people who use one (the source's interfaces), and what
 * its type tells the framework so that nodes can store, ship and join it row by
 * row without knowing which type it is.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";

/** What every mutator gives: the new version, and the message that tells others of it. */
export type MutationResult<C, MessageType> = {
  /** The version that holds the change; the old one stays valid and unchanged. */
  updatedCrdt: C;
  /** What to tell the other replicas; `null` when nothing changed. */
  message: MessageType | null;
};

/** A value that knows how to take in what happened to its other replicas. */
export interface CRDT<ValueType, MessageType> {
  /** The plain value. */
  getValue(): ValueType;
  /** Takes in a message of another replica. */
  apply(remoteMessage: MessageType): this;
}

/** A CRDT whose messages are whole states: they may be lost, doubled and reordered. */
export interface StateBasedCRDT<ValueType, StateMessageType>
  extends CRDT<ValueType, StateMessageType> {
  /** The whole state, as it travels. */
  readonly state: StateMessageType;
}

/** A CRDT whose messages are deltas, joined by a semilattice join. */
export interface DeltaBasedCRDT<ValueType, DeltaMessageType>
  extends CRDT<ValueType, DeltaMessageType> {
  /** The whole state, which is a delta to the empty one. */
  readonly state: DeltaMessageType;
}

/** A CRDT whose messages are operations: each must reach every replica. */
export type OperationBasedCRDT<ValueType, OpMessageType> = CRDT<
  ValueType,
  OpMessageType
>;

/** Who wrote, and when by the hybrid clock: `timestamp` first, then `nodeId`. */
export type Stamp = {
  /** A hybrid logical clock in one safe integer (milliseconds × 2048 + counter). */
  readonly timestamp: number;
  /** The writer's id; `""` is the bottom that `init` is written by. */
  readonly nodeId: string;
};

/** Gives stamps that never repeat and never go back. */
export interface Clock {
  /** The next timestamp. */
  now(): number;
}

/** The rows of one var, read where they are. */
export interface RowSource<Row> {
  /** The row at a key, tombstones included. */
  get(key: string): Row | undefined;
  /** All rows in key order, tombstones included. */
  entries(): Iterable<readonly [key: string, row: Row]>;
  /** How many rows are live (no tombstone). */
  countLive(): number;
}

/** Which change of which author something is: the numbers of one actor only grow. */
export interface Dot {
  /** The author. */
  readonly actor: string;
  /** Its number among all changes of that author. */
  readonly counter: number;
}

/**
 * What a type demands of how its changes are delivered. The kit gives `ordered`
 * everywhere, `causal` where it is asked for (`shared/node/client/held_back.ts`),
 * and `any` where tabs of a browser join what each has stored.
 *
 * - `any`: they may come in any order, several times, and be lost if they are
 *   sent again (state- and delta-based types).
 * - `ordered`: those of one actor come in order; a double is known by its dot
 *   (operation-based types).
 * - `causal`: a change comes after those that its author had seen. (States and
 *   deltas of such a type are joined in any order.)
 */
export type Delivery = "any" | "ordered" | "causal";

/** The id under which an author goes on, and its clock. */
export interface NewName {
  /** The id. */
  readonly actor: string;
  /** The next timestamp. */
  readonly now: () => number;
}

/**
 * What takes the place of a change, of writes in their order. `dot` is the one that
 * it had, and up to the number `kept` what its author did keeps its name.
 */
export type Rename<Change> = (
  key: string,
  change: Change,
  dot: Dot,
  kept: number,
) => readonly (readonly [key: string, change: Change])[];

/**
 * What a type tells the framework. `Message` is what its mutators give, `Row`
 * its unit of storage and travel, `Change` what a message does to one row, and
 * `C` the class that an app holds.
 */
export interface CrdtContract<C, Message, Row, Change = Row> {
  /** The name under which a spec asks for it. */
  readonly name: string;
  /** What it demands of delivery. */
  readonly delivery: Delivery;
  /** What `valueType` may be; absent for any. */
  readonly valueTypes?: readonly string[];
  /** The changes of a message. Throws `CrdtError` when it is no message of this type. */
  rows(message: Message): Iterable<readonly [key: string, change: Change]>;
  /** The message that makes these changes. */
  message(changes: Iterable<readonly [key: string, change: Change]>): Message;
  /** The row after a change; `held` itself when nothing changes, `undefined` too. */
  apply(held: Row | undefined, change: Change, dot: Dot): Row | undefined;
  /** The least upper bound of two versions of a row; `held` itself when nothing changes. */
  join(held: Row | undefined, incoming: Row): Row;
  /** The value over rows: what an app, a computation or a rule holds. */
  fold(nodeId: string, clock: Clock, rows: RowSource<Row>): C;
  /** The bottom rows that an `init` stands for, stamped `(0, "")`. */
  initRows(init: unknown): Iterable<readonly [key: string, row: Row]>;
  /** Whether a row counts, or is a tombstone; whether a change writes, or removes. */
  isLive(row: Row | Change): boolean;
  /** The plain value in a row or a change, which `valueType`, schemas and rules speak of. */
  valueOf(row: Row | Change): unknown;
  /** The values in a row or a change that stand for one each, for `valueType`. */
  itemsOf(row: Row | Change): readonly unknown[];
  /** Whose change alone may make this at a key; `null` for anybody's. */
  authorOf(key: string, change: Change): string | null;
  /** The stamp inside, for types that carry one. */
  stampOf(row: Row | Change): Stamp | null;
  /** The same change under another stamp; the change itself for types without one. */
  restamp(change: Change, stamp: Stamp): Change;
  /** For writes that were not accepted under one id, and are made again under another. */
  rename(to: NewName): Rename<Change>;
  /** The ids that a message creates. */
  makes(message: Message): readonly string[];
  /** The ids that a message depends on. */
  needs(message: Message): readonly string[];
  /**
   * What a change needs that is not in these rows, in words; `null` where it can be
   * made. What was answered and is not here was refused, or has gone again.
   */
  missing(
    key: string,
    change: Change,
    rowAt: (key: string) => Row | undefined,
    dot: Dot,
    isAnswered: (dot: Dot) => boolean,
  ): string | null;
  /**
   * The row without what it keeps of actors that have gone, or are quiet, so that
   * a change of theirs would be taken in twice; the row itself where there is none.
   */
  retire(row: Row, isGone: (actor: string) => boolean): Row;
  /** Why a row or a change may not stand at a key, or `null`. */
  faultOf(key: string, row: Row | Change): string | null;
  /** Writes the canonical bytes of a row. */
  writeRow(writer: Writer, row: Row): void;
  /** Reads what `writeRow` wrote; throws `DecodeError` on any other bytes. */
  readRow(reader: Reader): Row;
  /** Writes the canonical bytes of a change, whose author they need not name. */
  writeChange(writer: Writer, change: Change, author: string): void;
  /** Reads what `writeChange` wrote; throws `DecodeError` on any other bytes. */
  readChange(reader: Reader, author: string): Change;
}

/** A contract whose types the caller does not know. */
// deno-lint-ignore no-explicit-any -- the registry holds contracts of unrelated types
export type AnyCrdt = CrdtContract<any, any, any, any>;
