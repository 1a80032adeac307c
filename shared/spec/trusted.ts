/**
 * Reads a spec that a build has parsed already: the build's findings stand in
 * for the judging, so none of the parser is in the client's bundle. The build
 * puts this module in the place of `parse.ts`; both give the same app.
 *
 * @module
 */

import type { AnyCrdt } from "../crdt/contract.ts";
import type { App, Var, Zone } from "./app.ts";
import type {
  AppSpec,
  Computation,
  DerivedState,
  Path,
  ReplicaState,
  SourceState,
  ZoneName,
} from "./app_spec.ts";
import { SpecError } from "./spec_error.ts";

/** What a parsed app has that does not stand in its spec, as plain data. */
export interface SpecFacts {
  /** The spec's hash. */
  readonly hash: string;
  /** The zone that is never a `toZone`. */
  readonly root: ZoneName;
  /** Where each zone stands. */
  readonly zones: readonly Omit<Zone, "vars">[];
  /** The path of every var, in the app's order. */
  readonly vars: readonly Path[];
}

/** The facts of a parsed app. */
export function factsOf({ hash, root, zones, vars }: App): SpecFacts {
  const places = [...zones.values()].map(({ vars: _, ...place }) => place);
  return { hash, root, zones: places, vars: [...vars.keys()] };
}

const apps = new WeakMap<object, () => App>();

/** Gives back the spec of a build, whose facts and CRDT types hold from now on. */
export function trustSpec<S extends AppSpec>(
  spec: S,
  facts: SpecFacts,
  types: readonly AnyCrdt[],
): S {
  apps.set(spec, () => readApp(spec, facts, types));
  return spec;
}

/** Refuses nothing: the build would have. */
export function assertAppSpec(_spec: unknown): void {}

/** The app of a spec that is trusted. Throws `SpecError` for any other. */
export function parseAppSpec(spec: unknown): App {
  const read = apps.get(spec as object);
  if (read) return read();
  throw new SpecError("", "one that the build has not seen", "that of app.ts");
}

function readApp(
  spec: AppSpec,
  { hash, root, zones, vars }: SpecFacts,
  types: readonly AnyCrdt[],
): App {
  const read = vars.map((path) => readVar(spec, path, types));
  const computations = Object.entries(spec.zones).flatMap(([zone, entries]) =>
    Object.entries(entries)
      // In the place of a function of another target there is a text.
      .filter(([, entry]) => typeof entry !== "object")
      .map(([name, entry]) =>
        [`/${zone}/${name}`, entry as Computation] as const
      )
  );
  return {
    spec,
    hash,
    root,
    zones: new Map(zones.map((zone) => {
      const own = read.filter((variable) => variable.zone === zone.name);
      return [zone.name, { ...zone, vars: own }];
    })),
    vars: new Map(read.map((variable) => [variable.path, variable])),
    computations: new Map(computations),
  };
}

/** The parts of a path that names something. */
function partsOf(path: Path): [zone: ZoneName, name: string] {
  return path.slice(1).split("/") as [string, string];
}

function readVar(spec: AppSpec, path: Path, types: readonly AnyCrdt[]): Var {
  const entryAt = (at: Path) => {
    const [zone, name] = partsOf(at);
    return spec.zones[zone]![name] as
      & SourceState
      & Partial<DerivedState & ReplicaState>;
  };
  const entry = entryAt(path);
  const { replica_of: of, scope = null, computer, depends_on } = entry;
  const typed = of ? entryAt(of) : entry;
  const { valueType, value: schema = null } = typed;
  const { crdtType } = typed;
  const crdt = typeof crdtType === "string"
    ? types.find(({ name }) => name === crdtType)!
    : crdtType;
  const [zone, name] = partsOf(path);
  const base = { path, zone, name, crdt, valueType, schema };
  if (of) return { kind: "replica", ...base, of, scope };
  if (computer) {
    const dependsOn = depends_on!.map((on) => {
      const { path, scope = null } = typeof on === "string" ? { path: on } : on;
      return { path, scope };
    });
    const [computerZone] = partsOf(computer);
    return { kind: "derived", ...base, computer, computerZone, dependsOn };
  }
  const { using, withCheck } = entry.access ?? {};
  const initRows = new Map(crdt.initRows(entry.init()));
  return { kind: "source", ...base, initRows, using, withCheck };
}
