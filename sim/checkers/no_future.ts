/**
 * No write is from the future: else it would win over all that is written until
 * then. The master alone can hold that, by its own time.
 *
 * @module
 */

import { HLC_TICKS_PER_MS } from "../../shared/crdt/hlc.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { SKEW_MS_MAX } from "../../shared/protocol/limits.ts";
import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";

const NAME = "no write is from the future";

/** Every stamp is one of a time that has come, but for clocks that differ a little. */
export const noFuture: Checker = {
  name: NAME,
  watch: ({ world }) => ({
    step({ name, outcome }) {
      const { state, nowMs } = world.master;
      if (name !== world.master.name || !state) return;
      const latestMs = Math.max(nowMs, state.ring.head) + SKEW_MS_MAX;
      for (const { path, key, body } of outcome.writes) {
        const variable = state.app.vars.get(path);
        if (!variable || body === null) continue;
        const { crdt } = variable;
        const stamp = crdt.stampOf(decodeRow(crdt, body));
        if (!stamp || stamp.timestamp <= latestMs * HLC_TICKS_PER_MS) continue;
        const aheadMs = stamp.timestamp / HLC_TICKS_PER_MS - nowMs;
        throw new Violation(NAME, `${path} ${key} is ${aheadMs} ms ahead`);
      }
    },
  }),
};
