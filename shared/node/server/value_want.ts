/**
 * A derived value for one consumer: computed here when something that it read
 * has changed, or copied from further up.
 *
 * @module
 */

import { FaultError } from "../../protocol/fault_error.ts";
import { NotHeld } from "../not_held.ts";
import type { Touched, ValueWant } from "../peers/peer.ts";
import { ReadLog } from "../read_log.ts";
import { type NewValue, NOTHING, travelling } from "../value_feed.ts";
import { WHOLE } from "../var_rows.ts";
import { evaluateHere, type Sight } from "./place.ts";
import { hold, isWhole, release, share, type Upstream } from "./upstream.ts";

/** A value that may have become another. */
export function valueFor(
  sight: Sight,
  want: ValueWant,
  touched: readonly Touched[],
): NewValue {
  const isStale = want.log === null ||
    touched.some(([path, key]) => want.log!.covers(path, key));
  if (!isStale) return null;
  return want.variable.computerZone === sight.state.zone
    ? compute(sight, want)
    : forward(sight, want);
}

function forward({ state, rows }: Sight, want: ValueWant): NewValue {
  const [key] = want.holds;
  if (!key || !isWhole(state.up, key)) return null;
  const { rowsPath: path, isVoid } = state.up.held.get(key)!;
  want.log = ReadLog.ofWhole(path);
  if (isVoid) return NOTHING;
  return new Map(rows.range(path, WHOLE).map((row) => [row.key, row.body]));
}

function compute(sight: Sight, want: ValueWant): NewValue {
  const { up } = sight.state;
  const reads = new ReadLog();
  const used = new Set<string>();
  want.log = reads;
  try {
    const place = { ...sight, used };
    const { rows } = evaluateHere(place, want.variable, want.consumer, reads);
    shareRead(up, want, used);
    releaseUnread(up, want, used);
    return travelling(want.path, rows);
  } catch (error) {
    shareRead(up, want, used);
    if (error instanceof NotHeld) {
      want.log = null;
      const key = hold(up, error.path, error.range);
      // One use a want: a range read twice is demanded once.
      if (want.holds.has(key)) release(up, key);
      else want.holds.add(key);
      return null;
    }
    if (error instanceof FaultError) return NOTHING;
    throw error;
  }
}

/** What others demanded was read too: it stays as long as this want needs it. */
function shareRead(
  up: Upstream,
  want: ValueWant,
  used: ReadonlySet<string>,
): void {
  for (const key of used) {
    if (want.holds.has(key)) continue;
    want.holds.add(key);
    share(up, key);
  }
}

function releaseUnread(
  up: Upstream,
  want: ValueWant,
  used: ReadonlySet<string>,
): void {
  for (const key of want.holds) {
    if (used.has(key)) continue;
    want.holds.delete(key);
    release(up, key);
  }
}
