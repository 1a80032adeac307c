/**
 * What an app sees: the base, then the unanswered writes in order. Nothing is
 * ever un-applied: a row that is touched is folded again.
 *
 * @module
 */

import { VersionedRows } from "../../crdt/versioned_rows.ts";
import type { RowView } from "../../ports/rows.ts";
import type { Var } from "../../spec/app.ts";
import { mapRows, noRows } from "../map_rows.ts";
import { decodeRow } from "../row_body.ts";
import { WHOLE } from "../var_rows.ts";
import type { ClientState } from "./state.ts";

const NO_INIT: ReadonlyMap<string, unknown> = new Map();

/** The rows of `init` that a var shows where nothing was written. */
export function initRowsOf(
  state: ClientState,
  variable: Var,
): ReadonlyMap<string, unknown> {
  const source = state.app.vars.get(writtenPath(variable));
  return source?.kind === "source" ? source.initRows : NO_INIT;
}

/** The vars of the client's zone that show what is written to a path. */
export function shownAs({ app, zone }: ClientState, path: string): Var[] {
  return app.zones.get(zone)!.vars.filter((v) => writtenPath(v) === path);
}

/** The path under which writes to a var stand in the outbox. */
function writtenPath(variable: Var): string {
  return variable.kind === "replica" ? variable.of : variable.path;
}

/** One row of the view. */
function viewRow(
  state: ClientState,
  rows: RowView,
  variable: Var,
  key: string,
): unknown {
  const { crdt, path } = variable;
  const stored = rows.get(path, key);
  let row: unknown = stored
    ? decodeRow(crdt, stored.body)
    : initRowsOf(state, variable).get(key);
  const pending = state.outbox.effectsAt(writtenPath(variable), key);
  for (const { change, dot } of pending) row = crdt.apply(row, change, dot);
  return row;
}

/** A var as a value that stays as it is, whatever comes later. */
export function viewRows(
  state: ClientState,
  rows: RowView,
  variable: Var,
): VersionedRows<unknown> {
  const { crdt, path } = variable;
  const computed = state.computed.get(path);
  if (computed) {
    return computed.rows ? mapRows(crdt, computed.rows) : noRows(crdt);
  }
  const known = state.tables.get(path);
  if (known) return known;
  const keys = new Set([
    ...initRowsOf(state, variable).keys(),
    ...rows.range(path, WHOLE).map(({ key }) => key),
    ...state.outbox.keysOf(writtenPath(variable)),
  ]);
  const all = new Map<string, unknown>();
  for (const key of keys) {
    const row = viewRow(state, rows, variable, key);
    // A removal of what is not here makes no row.
    if (row !== undefined) all.set(key, row);
  }
  const table = VersionedRows.of(all, (row) => crdt.isLive(row));
  // Of another zone's var nobody is told when a write of ours touches it.
  if (variable.zone === state.zone) state.tables.set(path, table);
  return table;
}

/** Brings the snapshots up to date with rows that changed. */
export function refreshTables(
  state: ClientState,
  rows: RowView,
  changed: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [path, keys] of changed) {
    const table = state.tables.get(path);
    const variable = state.app.vars.get(path);
    if (!table || !variable) continue;
    const next = new Map<string, unknown>();
    for (const key of keys) next.set(key, viewRow(state, rows, variable, key));
    if ([...next.values()].includes(undefined)) state.tables.delete(path);
    else state.tables.set(path, table.withAll(next));
  }
}
