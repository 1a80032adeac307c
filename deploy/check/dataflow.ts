/**
 * What depends on what in an app, where it is computed, and through which zones
 * it travels: all of it follows from the spec alone.
 *
 * @module
 */

import type { App, DerivedVar, ReplicaVar } from "@zonekit/shared";

/** Something that goes from one var's zone to another. */
export interface Flow {
  /** The var that it comes from. */
  readonly from: string;
  /** The zones on its way, both ends included. */
  readonly route: readonly string[];
  /** Whether no more than a part goes, by a scope. */
  readonly isScoped: boolean;
}

/** A derived var: what its computation reads, and how its value reaches it. */
export interface Derivation {
  /** The var. */
  readonly variable: DerivedVar;
  /** What travels to the zone that computes it. */
  readonly reads: readonly Flow[];
  /** The zones from there to the var's. */
  readonly route: readonly string[];
  /** The source vars that it tells of, through whatever else. */
  readonly sources: readonly string[];
}

/** The zones from one to another, along the channels. */
export function routeOf(app: App, from: string, to: string): string[] {
  const [up, down] = [toRoot(app, from), toRoot(app, to)];
  const meet = up.find((zone) => down.includes(zone))!;
  const descent = down.slice(0, down.indexOf(meet)).reverse();
  return [...up.slice(0, up.indexOf(meet) + 1), ...descent];
}

function toRoot(app: App, zone: string): string[] {
  const { parent } = app.zones.get(zone)!;
  return parent === null ? [zone] : [zone, ...toRoot(app, parent)];
}

/** The derived vars, in an order in which they can be computed. */
export function derivations(app: App): Derivation[] {
  return [...app.vars.values()].flatMap((variable): Derivation[] => {
    if (variable.kind !== "derived") return [];
    const { computerZone, zone, dependsOn } = variable;
    const reads = dependsOn.map(({ path, scope }): Flow => ({
      from: path,
      route: routeOf(app, app.vars.get(path)!.zone, computerZone),
      isScoped: scope !== null,
    }));
    const route = routeOf(app, computerZone, zone);
    const sources = [
      ...new Set(dependsOn.flatMap(({ path }) => sourcesOf(app, path))),
    ];
    return [{ variable, reads, route, sources }];
  });
}

/** What a replica copies. */
export function copyOf(app: App, { of, zone, scope }: ReplicaVar): Flow {
  const route = routeOf(app, app.vars.get(of)!.zone, zone);
  return { from: of, route, isScoped: scope !== null };
}

/**
 * The computations whose values reach whoever looks, though they are computed from
 * more than that session may see: all but those that run in a client. What they give
 * away is for their author to judge.
 */
export function declassifiers(app: App): Derivation[] {
  return derivations(app).filter(({ variable: { computerZone } }) =>
    app.zones.get(computerZone)!.role !== "client"
  );
}

function sourcesOf(app: App, path: string): string[] {
  const variable = app.vars.get(path)!;
  if (variable.kind === "source") return [path];
  if (variable.kind === "replica") return [variable.of];
  return variable.dependsOn.flatMap((dependency) =>
    sourcesOf(app, dependency.path)
  );
}
