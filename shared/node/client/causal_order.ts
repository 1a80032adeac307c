/**
 * The order of unanswered writes of several tabs: each author's as it made them,
 * and before each what it had seen.
 *
 * @module
 */

import type { Pending } from "./pending.ts";

/**
 * Puts writes in order. Of those that nothing ties, earlier stamps come first:
 * what an author had seen that was answered already is nowhere written down.
 */
export function inOrder(pending: readonly Pending[]): readonly Pending[] {
  if (pending.length < 2) return pending;
  const sorted = [...pending].sort((a, b) => a.key < b.key ? -1 : 1);
  const next = new Map<string, Pending[]>();
  for (const one of sorted.reverse()) {
    const writes = next.get(one.actor);
    if (writes) writes.push(one);
    else next.set(one.actor, [one]);
  }
  if (next.size === 1) return sorted.reverse();
  const placed: Pending[] = [];
  const placeThrough = (actor: string, last: number) => {
    const writes = next.get(actor);
    while (writes?.length && writes.at(-1)!.n <= last) {
      const one = writes.pop()!;
      for (const [other, n] of one.seen) placeThrough(other, n);
      placed.push(one);
    }
  };
  while (placed.length < pending.length) {
    const ready = [...next.values()].flatMap((writes) => writes.at(-1) ?? []);
    const { actor, n } = ready.reduce((first, one) =>
      one.stamp < first.stamp ? one : first
    );
    placeThrough(actor, n);
  }
  return placed;
}
