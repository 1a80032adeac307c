/**
 * What the laws need to know of a CRDT type.
 *
 * @module
 */

import type * as fc from "fast-check";
import type {
  Clock,
  CRDT,
  CrdtContract,
  MutationResult,
} from "../shared/crdt/contract.ts";

/** Something that an author does. */
export interface Command<C, Message> {
  /** What it is, for whoever reads a failure. */
  readonly name: string;
  /** Does it: the type's own mutator. */
  readonly run: (crdt: C) => MutationResult<C, Message>;
}

/** A message, by whom it was sent and what its author knew. */
export interface Sent<Message> {
  /** The message. */
  readonly message: Message;
  /** Its author. */
  readonly actor: string;
  /** The messages that its author had taken in, its own included. */
  readonly seen: ReadonlySet<Sent<Message>>;
}

/** A type, and how it is used. */
export interface LawSubject<
  C extends CRDT<unknown, Message>,
  Message,
  Row,
  Change,
> {
  /** The type. */
  readonly type: CrdtContract<C, Message, Row, Change>;
  /** A replica that knows nothing. */
  readonly start: (nodeId: string, clock: Clock) => C;
  /** All that a replica knows, in a form that `canonical` can write. */
  readonly stateOf: (crdt: C) => unknown;
  /** What an author may do, with few values and keys, so that they meet. */
  readonly command: fc.Arbitrary<Command<C, Message>>;
  /** Three or four commands, of which all interleavings are tried. */
  readonly few: readonly Command<C, Message>[];
  /** The value that these messages make: slow, obvious, and without the type's own code. */
  readonly oracle: (sent: readonly Sent<Message>[]) => unknown;
}
