/**
 * The row of one element of an observed-remove set: which additions of it live,
 * and which are known to be removed. Of each actor the last one counts: it knows
 * of its own earlier ones (Bieniusa et al., "An Optimized Conflict-free
 * Replicated Set", 2012). So nothing grows with how often an element comes and
 * goes, and rows are joined one by one, in any order.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import { readByActor, writeByActor } from "./by_actor.ts";
import type { Dot } from "./contract.ts";

/** Numbers by actor. */
export type Counters = ReadonlyMap<string, number>;

/** An element as it is stored, at the key that its bytes give. */
export interface ORSetRow<VT> {
  /** The element. */
  readonly value: VT;
  /** The additions that live: of each actor its last one. */
  readonly live: Counters;
  /** Up to which number additions are removed, of actors of whom none lives. */
  readonly removed: Counters;
}

const NONE: Counters = new Map();

/** Whether the element is in the set. */
export function isIn({ live }: ORSetRow<unknown>): boolean {
  return live.size > 0;
}

/** What adds an element: a number after all that the actor has for it. */
export function addition<VT>(
  value: VT,
  held: ORSetRow<VT> | undefined,
  actor: string,
): ORSetRow<VT> {
  const last = Math.max(
    held?.live.get(actor) ?? 0,
    held?.removed.get(actor) ?? 0,
  );
  return { value, live: new Map([[actor, last + 1]]), removed: NONE };
}

/** What removes an element: all the additions that are seen of it. */
export function removal<VT>({ value, live }: ORSetRow<VT>): ORSetRow<VT> {
  return { value, live: NONE, removed: live };
}

/** Both rows' additions and removals; `held` itself when it knows them all. */
export function joinElements<VT>(
  held: ORSetRow<VT> | undefined,
  incoming: ORSetRow<VT>,
): ORSetRow<VT> {
  if (held === undefined) return incoming;
  const gone = greatest(held.removed, incoming.removed);
  const live = after(greatest(held.live, incoming.live), gone);
  // An addition that lives says itself that the earlier ones do not.
  const removed = after(gone, live);
  if (same(live, held.live) && same(removed, held.removed)) return held;
  return { value: held.value, live, removed };
}

/**
 * The row after an actor's change, whose number is the dot's. What it says to
 * have seen counts as far as it is here: nobody can remove what is to come.
 */
export function applyElement<VT>(
  held: ORSetRow<VT> | undefined,
  { value, live, removed }: ORSetRow<VT>,
  { actor, counter }: Dot,
): ORSetRow<VT> | undefined {
  if (held === undefined && live.size === 0) return held;
  const before = held ?? { value, live: NONE, removed: NONE };
  const known = Math.max(
    before.live.get(actor) ?? -1,
    before.removed.get(actor) ?? -1,
  );
  // Taken in already.
  if (counter <= known) return before;
  const own: Counters = new Map([[actor, counter]]);
  if (live.size > 0) {
    return joinElements(before, { value, live: own, removed: NONE });
  }
  // Its own additions it has seen, whatever number they were given.
  const gone = [...before.live].filter(([other, number]) =>
    other === actor || number <= (removed.get(other) ?? -1)
  );
  if (gone.length === 0) return before;
  return joinElements(before, { value, live: NONE, removed: new Map(gone) });
}

/** An addition that a removal has seen, and that is still to come; an author's own count for nothing. */
export function unseenAddition(
  held: ORSetRow<unknown> | undefined,
  { removed }: ORSetRow<unknown>,
  { actor }: Dot,
  isAnswered: (dot: Dot) => boolean,
): string | null {
  for (const [other, number] of removed) {
    const known = Math.max(
      held?.live.get(other) ?? -1,
      held?.removed.get(other) ?? -1,
    );
    if (other === actor || number <= known) continue;
    if (isAnswered({ actor: other, counter: number })) continue;
    return `addition ${number} of ${other || "init"}`;
  }
  return null;
}

/**
 * What an author did, under another id. A removal has seen all that its author
 * had added before, and says so where that keeps its name.
 */
export function renamedElement<VT>(
  change: ORSetRow<VT>,
  { actor }: Dot,
  kept: number,
): ORSetRow<VT> {
  if (change.live.size > 0 || kept < 0) return change;
  return { ...change, removed: new Map(change.removed).set(actor, kept) };
}

/** Keeps nothing of actors that have gone, but that what they added is in the set. */
export function retireActors<VT>(
  row: ORSetRow<VT>,
  isGone: (actor: string) => boolean,
): ORSetRow<VT> {
  const removed = new Map([...row.removed].filter(([actor]) => !isGone(actor)));
  return removed.size === row.removed.size ? row : { ...row, removed };
}

/** Writes the canonical bytes of a row. */
export function writeElement(writer: Writer, row: ORSetRow<unknown>): void {
  writer.value(row.value);
  writeByActor(writer, row.live, (to, counter) => to.uint(counter));
  writeByActor(writer, row.removed, (to, counter) => to.uint(counter));
}

/** Reads what `writeElement` wrote. */
export function readElement(reader: Reader): ORSetRow<unknown> {
  return {
    value: reader.value(),
    live: readByActor(reader, (from) => from.uint()),
    removed: readByActor(reader, (from) => from.uint()),
  };
}

/** Of each actor the greater number. */
function greatest(a: Counters, b: Counters): Counters {
  if (b.size === 0) return a;
  const both = new Map(a);
  for (const [actor, number] of b) {
    both.set(actor, Math.max(number, a.get(actor) ?? number));
  }
  return both;
}

/** What is greater than the actor's number in others; all of it itself, if so. */
function after(numbers: Counters, others: Counters): Counters {
  const later = [...numbers].filter(([actor, number]) =>
    number > (others.get(actor) ?? -1)
  );
  return later.length === numbers.size ? numbers : new Map(later);
}

function same(a: Counters, b: Counters): boolean {
  return a.size === b.size &&
    [...a].every(([actor, number]) => b.get(actor) === number);
}
