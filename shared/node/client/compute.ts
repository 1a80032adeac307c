/**
 * The vars that a client computes for itself: again only when something that
 * they read has changed, and only while somebody looks at them.
 *
 * @module
 */

import { FaultError } from "../../protocol/fault_error.ts";
import type { RowView } from "../../ports/rows.ts";
import type { DerivedVar } from "../../spec/app.ts";
import { evaluate, visibleTo } from "../evaluate.ts";
import { HLC_TICKS_PER_MS } from "../../crdt/hlc.ts";
import { ReadLog } from "../read_log.ts";
import { differingKeys } from "../value_feed.ts";
import type { ClientState } from "./state.ts";
import { viewRows } from "./view.ts";

/** Rows that changed, by path. */
export type ChangedRows = Map<string, Set<string>>;

/** Notes down that a row changed. */
export function noteChange(
  changed: ChangedRows,
  path: string,
  key: string,
): void {
  const keys = changed.get(path);
  if (keys) keys.add(key);
  else changed.set(path, new Set([key]));
}

/** The vars of the client's zone that it computes itself, dependencies first. */
function ownComputed(state: ClientState): DerivedVar[] {
  return state.app.zones.get(state.zone)!.vars
    .filter((v) => v.kind === "derived")
    .filter((v) => v.computerZone === state.zone);
}

/** Computes what has changed and is looked at; adds what became of it. */
export function recompute(
  state: ClientState,
  rows: RowView,
  changed: ChangedRows,
): void {
  for (const variable of ownComputed(state)) {
    if (!state.observed.has(variable.path)) continue;
    const computed = state.computed.get(variable.path);
    if (computed && !isStale(computed.log, changed)) continue;
    computeOne(state, rows, variable, changed);
  }
}

function isStale(log: ReadLog | null, changed: ChangedRows): boolean {
  if (!log) return true;
  for (const [path, keys] of changed) {
    for (const key of keys) if (log.covers(path, key)) return true;
  }
  return false;
}

function computeOne(
  state: ClientState,
  rows: RowView,
  variable: DerivedVar,
  changed: ChangedRows,
): void {
  const { app, zone, nodeId, clock, time } = state;
  const { path } = variable;
  const log = new ReadLog();
  const last = state.computed.get(path)?.rows ?? null;
  const place = {
    app,
    zone,
    nodeId,
    visible: visibleTo(app, zone, variable.dependsOn.map((d) => d.path), path),
    nowMs: time.nowMs + clock.offsetMs,
    lastStamp: time.nowMs * HLC_TICKS_PER_MS,
    rowsOf: (read: DerivedVar | Parameters<typeof viewRows>[2]) =>
      viewRows(state, rows, read),
  };
  const event = {
    nodeId,
    session: { claims: state.claims ?? {}, signature: "" },
    payload: undefined,
  };
  state.computed.set(path, { rows: last, log });
  try {
    const { rows: value } = evaluate(place, variable, event, log);
    if (!value) return;
    const keys = differingKeys(last ?? new Map(), value);
    if (last === null) keys.push("");
    if (keys.length === 0) return;
    state.computed.set(path, { rows: value, log });
    for (const key of keys) noteChange(changed, path, key);
  } catch (error) {
    // The last good value stays; it is tried again when what it read changes.
    if (!(error instanceof FaultError)) throw error;
  }
}
