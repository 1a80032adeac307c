/**
 * Acknowledged is not lost: what the master has accepted is in its store, from
 * the moment its author hears of it on, or something later is.
 *
 * @module
 */

import { decodeRow } from "../../shared/node/row_body.ts";
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
