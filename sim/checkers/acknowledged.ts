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
import type { Entry, Ledger } from "../ledger.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

/** Checks at every acknowledgement; call the result at the end for all of them. */
export function watchAcknowledged(world: World, ledger: Ledger): () => void {
  const check = (entry: Entry) => {
    for (const { variable, key, row } of entry.rows) {
      const { crdt, path } = variable;
      const stored = world.master.rows.get(path, key);
      const held = stored && decodeRow(crdt, stored.body);
      if (!stored && mayBeForgotten(world, ledger, path, key, row)) continue;
      const value = { value: crdt.valueOf(row) };
      if (held !== undefined && crdt.join(held, row) === held) continue;
      const seen = `${entry.ids.at(-1)} of ${entry.client} at ${path} ${key}`;
      throw new Violation(
        "acknowledged is not lost",
        `${seen} ${JSON.stringify(value)}`,
      );
    }
  };
  ledger.onAccepted = check;
  return () =>
    ledger.entries.filter((entry) => entry.answer?.fault === null).forEach(
      check,
    );
}

/** Whether somebody has removed a row, at or after that write of it, longer ago than the horizon. */
function mayBeForgotten(
  world: World,
  ledger: Ledger,
  path: string,
  key: string,
  written: unknown,
): boolean {
  const oldest = (world.master.nowMs - HORIZON_MS) * HLC_TICKS_PER_MS;
  return ledger.entries.filter((entry) => !entry.answer?.fault)
    .flatMap((entry) => entry.rows)
    .some(({ variable: { crdt, path: at }, key: of, row }) =>
      at === path && of === key && !crdt.isLive(row) &&
      crdt.stampOf(row)!.timestamp < oldest && crdt.join(row, written) === row
    );
}
