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

/**
 * What a type tells the framework. `Message` is what its mutators give, `Row`
 * its unit of storage and travel, `C` the class that an app holds.
 */
export interface CrdtContract<C, Message, Row> {
  /** The name under which a spec asks for it. */
  readonly name: string;
  /** The rows of a message. Throws `CrdtError` when it is no message of this type. */
  rows(message: Message): Iterable<readonly [key: string, row: Row]>;
  /** The message that has these rows. */
  message(rows: Iterable<readonly [key: string, row: Row]>): Message;
  /** The least upper bound of two versions of a row; `held` itself when nothing changes. */
  join(held: Row | undefined, incoming: Row): Row;
  /** The value over rows: what an app, a computation or a rule holds. */
  fold(nodeId: string, clock: Clock, rows: RowSource<Row>): C;
  /** The bottom rows that an `init` stands for, stamped `(0, "")`. */
  initRows(init: unknown): Iterable<readonly [key: string, row: Row]>;
  /** Whether a row counts, or is a tombstone. */
  isLive(row: Row): boolean;
  /** The plain value in a row, which `valueType` and schemas speak of. */
  valueOf(row: Row): unknown;
  /** The stamp inside a row, for types that carry one. */
  stampOf(row: Row): Stamp | null;
  /** The same row under another stamp; the row itself for types without one. */
  restamp(row: Row, stamp: Stamp): Row;
  /** The ids that a message creates. */
  makes(message: Message): readonly string[];
  /** The ids that a message depends on. */
  needs(message: Message): readonly string[];
  /** Why a row may not stand at a key, or `null`. */
  faultOf(key: string, row: Row): string | null;
  /** Writes the canonical bytes of a row. */
  writeRow(writer: Writer, row: Row): void;
  /** Reads what `writeRow` wrote; throws `DecodeError` on any other bytes. */
  readRow(reader: Reader): Row;
}

/** A contract whose types the caller does not know. */
// deno-lint-ignore no-explicit-any -- the registry holds contracts of unrelated types
export type AnyCrdt = CrdtContract<any, any, any>;
