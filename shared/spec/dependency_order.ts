/**
 * The order in which vars can be computed: nothing depends on what comes later.
 *
 * @module
 */

import type { Var } from "./app.ts";
import type { Path } from "./app_spec.ts";
import { SpecError } from "./spec_error.ts";

/** The paths that a var depends on. */
function dependenciesOf(variable: Var): readonly Path[] {
  return variable.kind === "derived"
    ? variable.dependsOn.map(({ path }) => path)
    : [];
}

/** Refuses the cycle that a walk has closed. */
function refuseCycle(walk: readonly Var[], again: Var): never {
  const cycle = [...walk.slice(walk.indexOf(again)), again];
  throw new SpecError(
    `zones.${again.zone}.${again.name}.depends_on`,
    `in the cycle ${cycle.map(({ path }) => path).join(" -> ")}`,
    "dependencies without a cycle",
  );
}

/**
 * The vars, each behind what it depends on and otherwise as declared (Kahn
 * would do; a depth-first walk has the cycle at hand when it meets one).
 */
export function orderVars(vars: ReadonlyMap<Path, Var>): Map<Path, Var> {
  const ordered = new Map<Path, Var>();
  const walk: Var[] = [];
  const visit = (variable: Var): void => {
    if (ordered.has(variable.path)) return;
    if (walk.includes(variable)) refuseCycle(walk, variable);
    walk.push(variable);
    for (const path of dependenciesOf(variable)) visit(vars.get(path)!);
    walk.pop();
    ordered.set(variable.path, variable);
  };
  for (const variable of vars.values()) visit(variable);
  return ordered;
}
