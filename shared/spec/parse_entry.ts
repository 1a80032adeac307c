/**
 * Reads one entry of a zone, as far as it can be judged alone. What its paths
 * name is judged by `checkReferences`, when all entries are known.
 *
 * @module
 */

import { isCrdt } from "../crdt/define_crdt.ts";
import type { AnyCrdt } from "../crdt/contract.ts";
import {
  type DerivedVar,
  ELSEWHERE,
  type ReplicaVar,
  type SourceVar,
} from "./app.ts";
import type { Computation, Path, ZoneName } from "./app_spec.ts";
import {
  fieldPath,
  type Fields,
  fieldsAt,
  functionAt,
  oneOf,
  refuseOtherFields,
} from "./fields.ts";
import { parseDependencies, parseScope } from "./parse_dependencies.ts";
import { parseInit } from "./parse_init.ts";
import { parseSchema } from "./parse_schema.ts";
import { pathAt } from "./paths.ts";

/** A function of a zone. */
export interface ParsedComputation {
  /** Tells it from the vars. */
  readonly kind: "computation";
  /** `/zone/name`. */
  readonly path: Path;
  /** The function, or the mark of one that a build left out. */
  readonly computation: Computation | typeof ELSEWHERE;
}

/** A replica before its source is looked up. */
export type ReplicaDraft = Omit<ReplicaVar, "crdt" | "valueType" | "schema">;

/** What an entry of a zone was read as. */
export type Entry = ParsedComputation | SourceVar | DerivedVar | ReplicaDraft;

/** Where an entry stands. */
export interface Place {
  /** The path of the entry in the spec, for faults. */
  readonly at: string;
  /** `/zone/name`. */
  readonly path: Path;
  /** Its zone. */
  readonly zone: ZoneName;
  /** Its name. */
  readonly name: string;
}

const VALUE_TYPES = ["object", "number", "string", "boolean", "array"] as const;
const SOURCE_FIELDS = ["crdtType", "valueType", "init", "value", "access"];
const DERIVED_FIELDS = [
  "crdtType",
  "valueType",
  "computer",
  "depends_on",
  "value",
];
const REPLICA_FIELDS = ["replica_of", "scope"];

/** What source and derived vars have in common. */
function parseVarBase(
  place: Place,
  fields: Fields,
  types: ReadonlyMap<string, AnyCrdt>,
) {
  const { at, path, zone, name } = place;
  const crdtAt = fieldPath(at, "crdtType");
  const { crdtType } = fields;
  const crdt = isCrdt(crdtType)
    ? crdtType
    : types.get(oneOf(crdtAt, crdtType, [...types.keys()]))!;
  const valueType = oneOf(
    fieldPath(at, "valueType"),
    fields.valueType,
    VALUE_TYPES,
  );
  const schema = parseSchema(fieldPath(at, "value"), fields.value);
  return { path, zone, name, crdt, valueType, schema };
}

/** Reads the rules of a source var. */
function parseAccess(
  at: string,
  value: unknown,
): Pick<SourceVar, "using" | "withCheck"> {
  if (value === undefined) return { using: undefined, withCheck: undefined };
  const fields = fieldsAt(at, value, "an object of rules");
  refuseOtherFields(at, fields, ["using", "withCheck"]);
  const rule = (name: string) =>
    fields[name] === undefined
      ? undefined
      : functionAt(fieldPath(at, name), fields[name]);
  return {
    using: rule("using") as SourceVar["using"],
    withCheck: rule("withCheck") as SourceVar["withCheck"],
  };
}

/** Reads a source var. */
function parseSource(
  place: Place,
  fields: Fields,
  types: ReadonlyMap<string, AnyCrdt>,
): SourceVar {
  refuseOtherFields(place.at, fields, SOURCE_FIELDS);
  const base = parseVarBase(place, fields, types);
  const initAt = fieldPath(place.at, "init");
  const initRows = parseInit(initAt, fields.init, base.crdt, base);
  const access = parseAccess(fieldPath(place.at, "access"), fields.access);
  return { kind: "source", ...base, initRows, ...access };
}

/** Reads a derived var. */
function parseDerived(
  place: Place,
  fields: Fields,
  types: ReadonlyMap<string, AnyCrdt>,
): DerivedVar {
  refuseOtherFields(place.at, fields, DERIVED_FIELDS);
  const base = parseVarBase(place, fields, types);
  const computer = pathAt(
    fieldPath(place.at, "computer"),
    fields.computer,
    "the path of a computation",
  );
  const dependsOn = parseDependencies(
    fieldPath(place.at, "depends_on"),
    fields.depends_on,
  );
  return {
    kind: "derived",
    ...base,
    computer: computer.path,
    computerZone: computer.zone,
    dependsOn,
  };
}

/** Reads a replica. */
function parseReplica(place: Place, fields: Fields): ReplicaDraft {
  const { at, path, zone, name } = place;
  refuseOtherFields(at, fields, REPLICA_FIELDS);
  const source = pathAt(
    fieldPath(at, "replica_of"),
    fields.replica_of,
    "the path of a source var",
  );
  const scope = parseScope(fieldPath(at, "scope"), fields.scope);
  return { kind: "replica", path, zone, name, of: source.path, scope };
}

/** Reads one entry of a zone. */
export function parseEntry(
  place: Place,
  value: unknown,
  types: ReadonlyMap<string, AnyCrdt>,
): Entry {
  if (typeof value === "function" || value === ELSEWHERE) {
    const computation = functionAt(place.at, value) as
      | Computation
      | typeof ELSEWHERE;
    return { kind: "computation", path: place.path, computation };
  }
  const fields = fieldsAt(place.at, value, "a var or a computation");
  if ("replica_of" in fields) return parseReplica(place, fields);
  if ("computer" in fields || "depends_on" in fields) {
    return parseDerived(place, fields, types);
  }
  return parseSource(place, fields, types);
}
