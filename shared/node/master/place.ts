/**
 * Where the master's computations and rules run: over the rows as they stand in
 * the transaction, with counts that cost nothing.
 *
 * @module
 */

import type { RowView } from "../../ports/rows.ts";
import type { DerivedVar, Var } from "../../spec/app.ts";
import type { Consumer } from "../../protocol/want.ts";
import { evaluate, type Place, visibleTo } from "../evaluate.ts";
import { mapRows, noRows } from "../map_rows.ts";
import type { Surroundings } from "../outcome.ts";
import type { ReadLog } from "../read_log.ts";
import { VarRows, WHOLE } from "../var_rows.ts";
import type { MasterState } from "./state.ts";

/** A place at the master. */
export function placeAt(
  state: MasterState,
  around: Surroundings,
  rows: RowView,
  counts: ReadonlyMap<string, number>,
  nodeId: string,
  visible: readonly Var[],
): Place {
  return {
    app: state.app,
    zone: state.app.root,
    nodeId,
    visible,
    nowMs: around.nowMs,
    lastStamp: 0,
    rowsOf: (variable, log) => {
      const { crdt } = variable;
      if (variable.kind === "derived") {
        const value = evaluateHere(state, around, rows, counts, variable, log);
        return value ? mapRows(crdt, value) : noRows(crdt);
      }
      const initRows = variable.kind === "source"
        ? variable.initRows
        : new Map<string, unknown>();
      return new VarRows(
        rows,
        variable.path,
        crdt,
        initRows,
        [WHOLE],
        () =>
          counts.get(variable.path) ??
            [...initRows.values()].filter((row) => crdt.isLive(row)).length,
      );
    },
  };
}

/** A derived var of the root zone, computed for the master itself. */
function evaluateHere(
  state: MasterState,
  around: Surroundings,
  rows: RowView,
  counts: ReadonlyMap<string, number>,
  variable: DerivedVar,
  log: ReadLog,
): ReadonlyMap<string, Uint8Array> | null {
  const self = { nodeId: state.app.root, claims: {} };
  return evaluateFor(state, around, rows, counts, variable, self, log);
}

/** A derived var that the master computes for a consumer; `null` when there is no value. */
export function evaluateFor(
  state: MasterState,
  around: Surroundings,
  rows: RowView,
  counts: ReadonlyMap<string, number>,
  variable: DerivedVar,
  consumer: Consumer,
  log: ReadLog,
): ReadonlyMap<string, Uint8Array> | null {
  const paths = variable.dependsOn.map((dependency) => dependency.path);
  const visible = visibleTo(state.app, state.app.root, paths, variable.path);
  const place = placeAt(state, around, rows, counts, state.app.root, visible);
  const event = {
    nodeId: consumer.nodeId,
    session: { claims: consumer.claims, signature: "" },
    payload: undefined,
  };
  return evaluate(place, variable, event, log).rows;
}
