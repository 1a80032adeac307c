/**
 * Who computes what, and who needs what from whom.
 *
 * @module
 */

import type { App, DerivedVar, Var, Zone } from "./app.ts";
import type { Path, ZoneName } from "./app_spec.ts";

/** The zone of that name; asking for another is a bug of the caller. */
function zoneOf(app: App, name: ZoneName): Zone {
  const zone = app.zones.get(name);
  if (zone === undefined) throw new RangeError(`no zone "${name}"`);
  return zone;
}

/** The derived vars of an app in an order in which they can be computed. */
function derivedVars(app: App): DerivedVar[] {
  return [...app.vars.values()].filter((v) => v.kind === "derived");
}

/** The zones between a zone and the root, nearest first, the root included. */
export function ancestors(app: App, zone: ZoneName): ZoneName[] {
  const above: ZoneName[] = [];
  let parent = zoneOf(app, zone).parent;
  while (parent !== null) {
    above.push(parent);
    parent = zoneOf(app, parent).parent;
  }
  return above;
}

/** The derived vars that are computed in a zone, in an order that works. */
export function computedIn(app: App, zoneName: ZoneName): DerivedVar[] {
  return derivedVars(app).filter((v) => v.computerZone === zoneName);
}

/**
 * The vars that a node of a zone must receive from its parent for itself: its
 * replicas, its derived vars that are computed nearer to the root, and what
 * its own computations depend on there. What it only hands on to zones behind
 * it is theirs, not its own.
 */
export function neededBy(app: App, zone: ZoneName): Path[] {
  zoneOf(app, zone);
  const dependencies = new Set(
    computedIn(app, zone).flatMap((v) => v.dependsOn.map(({ path }) => path)),
  );
  const isNeeded = (variable: Var): boolean => {
    if (variable.zone !== zone) return dependencies.has(variable.path);
    if (variable.kind === "replica") return true;
    return variable.kind === "derived" && variable.computerZone !== zone;
  };
  return [...app.vars.values()].filter(isNeeded).map(({ path }) => path);
}
