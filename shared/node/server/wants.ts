/**
 * Turning what a client asks for into what its session gets: a replica into the
 * ranges its scope allows, a derived var into a computation here or upstream.
 *
 * @module
 */

import type { KeyRange } from "../../ports/rows.ts";
import { refuse } from "../../protocol/fault_error.ts";
import { cursorWithin, type Want } from "../../protocol/want.ts";
import type { DerivedVar, SourceVar, Var } from "../../spec/app.ts";
import { ELSEWHERE } from "../../spec/app.ts";
import type { Scope } from "../../spec/app_spec.ts";
import { neededBy } from "../../spec/graph.ts";
import { rangesOf } from "../../spec/scope.ts";
import { guarded } from "../evaluate.ts";
import { WHOLE } from "../var_rows.ts";
import type { Session, SessionWant } from "./session.ts";
import type { ServerState } from "./state.ts";
import { hold, release } from "./upstream.ts";

/** Adds a want to a session. Throws `FaultError` for what a client may not ask. */
export function addSessionWant(
  state: ServerState,
  session: Session,
  want: Pick<Want, "id" | "path" | "cursor">,
  nowMs: number,
): void {
  if (session.wants.has(want.path)) return;
  const variable = askable(state, want.path);
  session.wants.set(
    want.path,
    variable.kind === "derived"
      ? valueWant(state, session, want.id, variable)
      : rowsWant(state, session, want, variable, nowMs),
  );
}

/** Ends a want, and its demands upstream. */
export function dropSessionWant(
  state: ServerState,
  session: Session,
  path: string,
): void {
  const want = session.wants.get(path);
  if (!want) return;
  for (const key of want.holds) release(state.up, key);
  session.wants.delete(path);
}

/** The var at a path, if the zone behind this one needs it. */
function askable(state: ServerState, path: string): Var {
  const { app } = state;
  // A node without a zone of its own stands for the root to the clients behind it.
  const children = app.zones.get(state.zone || app.root)?.children ?? [];
  const needed = children.some((child) =>
    app.zones.get(child)?.role === "client" &&
    neededBy(app, child).includes(path)
  );
  const variable = app.vars.get(path);
  if (!needed || !variable) {
    return refuse(
      "unknown-path",
      path,
      "no var that a client can have",
      "one that its zone uses",
    );
  }
  return variable;
}

function rowsWant(
  state: ServerState,
  session: Session,
  { id, cursor }: Pick<Want, "id" | "cursor">,
  variable: Exclude<Var, DerivedVar>,
  nowMs: number,
): SessionWant {
  const source = variable.kind === "replica"
    ? state.app.vars.get(variable.of) as SourceVar
    : variable;
  const scope = variable.kind === "replica" ? variable.scope : null;
  const ranges = scope ? scoped(state, session, variable.path, scope) : [WHOLE];
  const { epoch, offsetMs } = state.up;
  const known = cursorWithin(cursor, epoch, nowMs + offsetMs);
  return {
    kind: "rows",
    id,
    path: variable.path,
    source,
    ranges,
    holds: ranges.map((range) => hold(state.up, source.path, range)),
    next: "",
    since: known?.seq ?? 0,
    resumed: known?.page ?? null,
    replace: known === null,
    cursorSeq: known?.seq ?? 0,
  };
}

function scoped(
  state: ServerState,
  session: Session,
  path: string,
  scope: Scope | typeof ELSEWHERE,
): KeyRange[] {
  if (scope === ELSEWHERE) {
    return refuse(
      "internal",
      path,
      "a scope of another build",
      "the scope itself",
    );
  }
  const node = {
    id: state.name,
    zone: state.zone,
    state: {},
    getTimestamp: () => 0,
  };
  return guarded(
    path,
    () => rangesOf(scope({ claims: session.claims, signature: "" }, node)),
  );
}

function valueWant(
  state: ServerState,
  session: Session,
  id: number,
  variable: DerivedVar,
): SessionWant {
  const { path, zone } = variable;
  const consumer = { nodeId: session.nodeId, claims: session.claims };
  const holds = new Set<string>();
  if (variable.computerZone !== state.zone) {
    const isTheirs = state.app.zones.get(zone)?.role === "client";
    holds.add(hold(state.up, path, WHOLE, isTheirs ? consumer : null));
  }
  return {
    kind: "value",
    id,
    path,
    variable,
    consumer,
    holds,
    last: null,
    isVoid: false,
    log: null,
  };
}
