/**
 * Replicas that send one another their messages, as the type demands of
 * delivery: in any order, some several times; or each once, in order per actor.
 *
 * @module
 */

import type { Clock, CRDT, Delivery } from "../shared/crdt/contract.ts";
import type { Command, LawSubject, Sent } from "./subject.ts";

/** A replica of a mesh. */
export interface Replica<C, Message> {
  /** Its id. */
  readonly actor: string;
  /** What it holds. */
  readonly crdt: C;
  /** What it has taken in, its own messages included. */
  readonly seen: ReadonlySet<Sent<Message>>;
}

/** Some replicas, and all that was sent between them. */
export interface Mesh<C, Message> {
  /** The replicas. */
  readonly replicas: readonly Replica<C, Message>[];
  /** The messages, in the order in which they were sent. */
  readonly sent: readonly Sent<Message>[];
}

/** Replicas that know nothing, of a type's. */
export function meshOf<C extends CRDT<unknown, Message>, Message, Row, Change>(
  { start }: LawSubject<C, Message, Row, Change>,
  actors: readonly string[],
  clock: Clock,
): Mesh<C, Message> {
  const replicas = actors.map((actor) => ({
    actor,
    crdt: start(actor, clock),
    seen: new Set<Sent<Message>>(),
  }));
  return { replicas, sent: [] };
}

/** A replica does something: the mesh after it. */
export function act<C, Message>(
  { replicas, sent }: Mesh<C, Message>,
  at: number,
  command: Command<C, Message>,
): Mesh<C, Message> {
  const replica = replicas[at]!;
  const { updatedCrdt, message } = command.run(replica.crdt);
  if (message === null) {
    if (updatedCrdt === replica.crdt) return { replicas, sent };
    throw new Error(`${command.name} says that nothing changed, and changes`);
  }
  const { actor } = replica;
  const one: Sent<Message> = { message, actor, seen: replica.seen };
  const seen = new Set(replica.seen).add(one);
  const changed = { actor, crdt: updatedCrdt, seen };
  return { replicas: replicas.with(at, changed), sent: [...sent, one] };
}

/** A replica takes a message in: the mesh after it. */
export function hear<C extends CRDT<unknown, Message>, Message>(
  { replicas, sent }: Mesh<C, Message>,
  at: number,
  one: Sent<Message>,
): Mesh<C, Message> {
  const { actor, crdt, seen } = replicas[at]!;
  const changed = {
    actor,
    crdt: crdt.apply(one.message),
    seen: new Set(seen).add(one),
  };
  return { replicas: replicas.with(at, changed), sent };
}

/** What a replica may hear next. */
export function hearable<C, Message>(
  { replicas, sent }: Mesh<C, Message>,
  at: number,
  delivery: Delivery,
): Sent<Message>[] {
  const { actor, seen } = replicas[at]!;
  const others = sent.filter((one) => one.actor !== actor);
  if (delivery !== "ordered") return others;
  const unheard = others.filter((one) => !seen.has(one));
  return unheard.filter((one, i) =>
    unheard.findIndex(({ actor }) => actor === one.actor) === i
  );
}
