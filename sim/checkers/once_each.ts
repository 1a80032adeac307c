/**
 * Once each: a write takes effect once or, refused, not at all; no author is
 * told two things.
 *
 * @module
 */

import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { Checker, Watched } from "../checker.ts";
import { Violation } from "../violation.ts";

const NAME = "once each";

/** Every write takes effect once, or not at all. */
export const onceEach: Checker = {
  name: NAME,
  watch: (run) => ({ rest: watchOnceEach(run) }),
};

/** Looks for contradictions while it runs; the result looks for effects of refused writes. */
function watchOnceEach({ world, ledger }: Watched): () => void {
  ledger.onContradiction = (entry) => {
    throw new Violation(NAME, `${entry.ids.at(-1)} was accepted and refused`);
  };
  return () => {
    const stamps = new Set<string>();
    for (const variable of world.app.vars.values()) {
      if (variable.kind !== "source" || variable.zone !== world.app.root) {
        continue;
      }
      for (
        const { key, body } of world.master.rows.range(variable.path, WHOLE)
      ) {
        const stamp = variable.crdt.stampOf(decodeRow(variable.crdt, body));
        if (stamp) {
          stamps.add(
            `${variable.path} ${key} ${stamp.timestamp} ${stamp.nodeId}`,
          );
        }
      }
    }
    for (const { answer, versions, ids, isOld } of ledger.entries) {
      if (!answer?.fault || isOld) continue;
      for (const { variable, key, row } of versions.flat()) {
        const stamp = variable.crdt.stampOf(row);
        if (!stamp) continue;
        const name =
          `${variable.path} ${key} ${stamp.timestamp} ${stamp.nodeId}`;
        if (stamps.has(name)) {
          throw new Violation(
            NAME,
            `${ids[0]} was refused, and is there: ${name}`,
          );
        }
      }
    }
  };
}
