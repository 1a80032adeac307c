/**
 * Causal delivery between the tabs of a browser: they see one another's writes
 * before the master does, and each sends its own. A write that may build upon
 * another tab's unanswered one waits for it, and the author's later ones with it.
 * All else that a client sees is the master's.
 *
 * @module
 */

import { AWAITED_MS_MAX } from "./link_times.ts";
import { causalPaths, type Pending } from "./pending.ts";
import type { ClientState } from "./state.ts";

/** The first unanswered writes of other tabs, by var and actor. */
type Awaited = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What this tab may send now, in order. Notes when the rest waits no longer. */
export function notHeldBack(state: ClientState): readonly Pending[] {
  const own = state.outbox.all();
  const awaited = awaitedBy(state);
  state.link.heldMs = awaited.untilMs;
  if (awaited.untilMs === null) return own;
  const held = new Set<string>();
  return own.filter((pending) => {
    if (buildsUpon(pending, awaited.first)) held.add(pending.actor);
    return !held.has(pending.actor);
  });
}

/** A tab that sleeps, or is refused, is not awaited for ever. */
function awaitedBy({ outbox, link, time: { nowMs } }: ClientState): {
  readonly first: Awaited;
  readonly untilMs: number | null;
} {
  const first = new Map<string, Map<string, number>>();
  let untilMs: number | null = null;
  const before = link.knownMs;
  const known = link.knownMs = new Map<string, number>();
  for (const other of outbox.others()) {
    const { actor, n, key } = other;
    const sinceMs = Math.min(before.get(key) ?? nowMs, nowMs);
    known.set(key, sinceMs);
    const giveUpMs = sinceMs + AWAITED_MS_MAX;
    if (giveUpMs <= nowMs) continue;
    for (const path of causalPaths(other)) {
      const byActor = first.get(path) ?? new Map<string, number>();
      first.set(path, byActor);
      byActor.set(actor, Math.min(n, byActor.get(actor) ?? n));
      untilMs = Math.min(untilMs ?? giveUpMs, giveUpMs);
    }
  }
  return { first, untilMs };
}

function buildsUpon(pending: Pending, first: Awaited): boolean {
  return causalPaths(pending).some((path) =>
    [...first.get(path) ?? []].some(([actor, n]) =>
      (pending.seen.get(actor) ?? 0) >= n
    )
  );
}
