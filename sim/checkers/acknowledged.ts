/**
 * Acknowledged is not lost: what the master has accepted is in its store, from
 * the moment its author hears of it on, or something later is. What says no more
 * than that nothing is there may be forgotten, but not before its time.
 *
 * @module
 */

import { decodeRow } from "../../shared/node/row_body.ts";
import { HLC_TICKS_PER_MS } from "../../shared/crdt/hlc.ts";
import { HORIZON_MS } from "../../shared/protocol/limits.ts";
import type { EffectOnRow } from "../../shared/node/read_effects.ts";
import type { Checker, Watched } from "../checker.ts";
import type { Entry, Ledger } from "../ledger.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const NAME = "acknowledged is not lost";

/** What was acknowledged is there, at once and for good. */
export const acknowledged: Checker = {
  name: NAME,
  watch: (run) => ({ rest: watchAcknowledged(run) }),
};

/** Checks at every acknowledgement; the result asks for all of them. */
function watchAcknowledged({ world, ledger }: Watched): () => void {
  const isThere = (effect: EffectOnRow) => {
    const { variable, key, change, dot } = effect;
    const { crdt, path } = variable;
    const stored = world.master.rows.get(path, key);
    const held = stored && decodeRow(crdt, stored.body);
    if (!stored && mayBeForgotten(world, ledger, effect)) return true;
    return crdt.apply(held, change, dot) === held;
  };
  const check = (entry: Entry) => {
    // A copy of the store may have sent it with other stamps: one of them counts.
    if (entry.versions.some((rows) => rows.every(isThere))) return;
    const [missing] = entry.versions.at(-1)!.filter((effect) =>
      !isThere(effect)
    );
    const { variable: { path, crdt }, key, change } = missing!;
    const value = JSON.stringify(crdt.valueOf(change));
    const id = `${entry.ids.at(-1)} of ${entry.client}`;
    throw new Violation(NAME, `${id} at ${path} ${key} ${value}`);
  };
  ledger.onAccepted = check;
  return () =>
    ledger.entries
      .filter((entry) => entry.answer?.fault === null && !entry.isOld)
      .forEach(check);
}

/** Whether somebody has removed a row, at or after that write of it, longer ago than the horizon. */
function mayBeForgotten(
  world: World,
  ledger: Ledger,
  { variable: { path }, key, change: written, dot }: EffectOnRow,
): boolean {
  const oldestMs = world.master.nowMs - HORIZON_MS;
  return ledger.entries.filter((entry) => !entry.answer?.fault).some((entry) =>
    entry.versions.flat().some(
      ({ variable: { crdt, path: at }, key: of, change }) => {
        if (at !== path || of !== key || crdt.isLive(change)) return false;
        const stamp = crdt.stampOf(change);
        const ms = stamp
          ? stamp.timestamp / HLC_TICKS_PER_MS
          : entry.answer?.seq || Infinity;
        return ms < oldestMs &&
          !crdt.isLive(crdt.apply(change, written, dot));
      },
    )
  );
}
