/**
 * Once each: a write takes effect once or, refused, not at all; no author is
 * told two things.
 *
 * @module
 */

import { hashHex } from "../../shared/codec/hash.ts";
import { encodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { Checker, Watched } from "../checker.ts";
import { isPassing } from "../ledger.ts";
import { textOf } from "../text_of.ts";
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
    const there = new Set<string>();
    for (const { kind, zone, path } of world.app.vars.values()) {
      if (kind !== "source" || zone !== world.app.root) continue;
      for (const { key, body } of world.master.rows.range(path, WHOLE)) {
        there.add(nameOf(path, key, body));
      }
    }
    for (const { answer, versions, ids, isOld } of ledger.entries) {
      if (!answer?.fault || isOld || isPassing(answer.fault)) continue;
      for (const { variable, key, change, dot } of versions.flat()) {
        const { crdt, path } = variable;
        if (!crdt.stampOf(change)) continue;
        const row: unknown = crdt.apply(undefined, change, dot);
        if (!there.has(nameOf(path, key, encodeRow(crdt, row)))) continue;
        const seen = textOf(change);
        throw new Violation(
          NAME,
          `${ids[0]} was refused, and is there: ${path} ${key} ${seen}`,
        );
      }
    }
  };
}

/** A refused write's stamp may be used again by its author, but not with its value. */
function nameOf(path: string, key: string, body: Uint8Array): string {
  return `${path} ${key} ${hashHex(body)}`;
}
