/**
 * What an operator does at the master: whom no rule holds, and who alone can
 * write where an app lets nobody write.
 *
 * @module
 */

import { HybridClock } from "../shared/crdt/hlc.ts";
import type { Mutator } from "../shared/node/client/transaction.ts";
import { encodeAuthored, wireEffect } from "../shared/node/read_effects.ts";
import { VarRows } from "../shared/node/var_rows.ts";
import { refuse } from "../shared/protocol/fault_error.ts";
import type { SourceVar } from "../shared/spec/app.ts";
import type { World } from "./world.ts";

/** Changes a source var of the root zone. Throws `FaultError`. */
export function operate(world: World, variable: SourceVar, fn: Mutator): void {
  const actor = `operator-${
    world.chance.at("operator").below(2 ** 32).toString(36)
  }`;
  const clock = new HybridClock(() => world.master.nowMs);
  const { path, crdt, initRows } = variable;
  const rows = new VarRows(world.master.rows, path, crdt, initRows);
  const result = fn(variable.crdt.fold(actor, clock, rows));
  if (result === undefined) {
    return refuse(
      "mutation-without-result",
      variable.path,
      "undefined",
      "what the mutator returned, or null",
    );
  }
  if (result === null || result.message === null) return;
  const effect = wireEffect(world.app, {
    nodeId: actor,
    path: variable.path,
    msg: result.message,
  }, actor);
  const stamp = clock.now();
  const effects = [effect];
  const authored = encodeAuthored({ kind: "effects", stamp, effects });
  const write = {
    actor,
    n: 1,
    seenThrough: 0,
    authored,
    session: null,
    fault: null,
    effects: null,
  };
  world.master.run({ type: "operate", write });
}
