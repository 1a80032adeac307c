/**
 * Running a computation: over local rows only, for one consumer, with the event
 * that says why. What it gives is checked before anybody believes it.
 *
 * @module
 */

import type { RowSource } from "../crdt/contract.ts";
import { NO_DOT } from "../crdt/dot.ts";
import { HLC_TICKS_PER_MS } from "../crdt/hlc.ts";
import { BOTTOM } from "../crdt/stamp.ts";
import { FaultError, refuse } from "../protocol/fault_error.ts";
import type { App, DerivedVar, Var } from "../spec/app.ts";
import { ELSEWHERE } from "../spec/app.ts";
import type { Effect, Path, RunningNode, ZEvent } from "../spec/app_spec.ts";
import { checkRow } from "./check_row.ts";
import { NotHeld } from "./not_held.ts";
import { ReadLog } from "./read_log.ts";
import { encodeRow } from "./row_body.ts";

/** Where a computation runs, and how the vars it sees are read. */
export interface Place {
  /** The app. */
  readonly app: App;
  /** The zone it runs in. */
  readonly zone: string;
  /** The id that `node.id` gives. */
  readonly nodeId: string;
  /** The vars it may see. */
  readonly visible: readonly Var[];
  /** The time of the event. */
  readonly nowMs: number;
  /** The last stamp that this author or node was given. */
  readonly lastStamp: number;
  /** The rows of a var; throws `NotHeld` where they are not here. */
  rowsOf(variable: Var, log: ReadLog): RowSource<unknown>;
}

/** The node as user code sees it, with a log of what is read through it. */
export function faceOf(place: Place, log: ReadLog): RunningNode {
  let last = place.lastStamp;
  const getTimestamp = () => {
    last = Math.max(place.nowMs * HLC_TICKS_PER_MS, last + 1, log.latest + 1);
    // A clock that shows a time which no stamp can carry must not stop what needs none.
    return last = Math.min(last, Number.MAX_SAFE_INTEGER);
  };
  const state: RunningNode["state"] = {};
  for (const variable of place.visible) {
    Object.defineProperty(state, variable.name, {
      enumerable: true,
      get: () =>
        variable.crdt.fold(
          place.nodeId,
          { now: getTimestamp },
          log.watch(variable.path, variable.crdt, place.rowsOf(variable, log)),
        ),
    });
  }
  return { id: place.nodeId, zone: place.zone, state, getTimestamp };
}

/** The effects of a computation. Throws `FaultError`, or `NotHeld` for rows that are missing. */
export function runComputation(
  place: Place,
  path: Path,
  event: ZEvent,
  log: ReadLog,
): Effect[] {
  const computation = place.app.computations.get(path);
  if (computation === undefined || computation === ELSEWHERE) {
    return refuse(
      "unknown-path",
      path,
      "no computation here",
      "one of this zone",
    );
  }
  const result = guarded(path, () => computation(faceOf(place, log), event));
  const effects = result === null || result === undefined
    ? []
    : Array.isArray(result)
    ? result
    : [result];
  return effects.filter((effect) => effect?.msg !== null && effect !== null);
}

/** Runs user code: what it throws becomes a fault at its path. */
export function guarded<T>(path: Path, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof NotHeld || error instanceof FaultError) throw error;
    // Its text may hold what the one who is told may not know.
    const found = error instanceof Error ? error.name : typeof error;
    return refuse("computation-failed", path, found, "no exception");
  }
}

/** A derived value: its rows in canonical bytes by key, and what was read for it. */
export interface Evaluation {
  /** The rows; `null` when the computation had nothing to say. */
  readonly rows: ReadonlyMap<string, Uint8Array> | null;
  /** What it read. */
  readonly log: ReadLog;
}

/** Computes a derived var for a consumer. Only values are taken, never stamps. */
export function evaluate(
  place: Place,
  variable: DerivedVar,
  event: ZEvent,
  log: ReadLog = new ReadLog(),
): Evaluation {
  const effects = runComputation(place, variable.computer, event, log);
  if (effects.length === 0) return { rows: null, log };
  const rows = new Map<string, Uint8Array>();
  for (const effect of effects) {
    addRows(variable, event, effect, rows);
  }
  return { rows, log };
}

function addRows(
  variable: DerivedVar,
  event: ZEvent,
  effect: Effect,
  rows: Map<string, Uint8Array>,
): void {
  if (effect.path !== variable.path) {
    refuse(
      "computation-failed",
      variable.computer,
      `an effect for ${effect.path}`,
      variable.path,
    );
  }
  if (effect.nodeId !== event.nodeId) {
    refuse(
      "computation-failed",
      variable.computer,
      "an effect for another node",
      "event.nodeId",
    );
  }
  const { crdt } = variable;
  for (
    const [key, change] of guarded(
      variable.path,
      () => [...crdt.rows(effect.msg)],
    )
  ) {
    if (!crdt.isLive(change)) continue;
    checkRow(variable, change);
    const bare = crdt.restamp(change, BOTTOM);
    const row: unknown = crdt.apply(undefined, bare, NO_DOT);
    rows.set(key, encodeRow(crdt, row));
  }
}

/** The vars that a computation sees: its zone's own, and its dependencies. */
export function visibleTo(
  app: App,
  zone: string,
  dependsOn: readonly Path[],
  except: Path,
): Var[] {
  const own = app.zones.get(zone)!.vars.filter((variable) =>
    variable.path !== except
  );
  const rest = dependsOn.map((path) => app.vars.get(path)!);
  return [...new Set([...own, ...rest])];
}
