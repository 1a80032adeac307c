/**
 * A spec after parsing: what every node of an app knows of it. Nothing here is
 * decided again later.
 *
 * @module
 */

import type { AnyCrdt } from "../crdt/contract.ts";
import type {
  Access,
  AppSpec,
  Computation,
  Path,
  Scope,
  StandardSchema,
  ValueType,
  ZoneName,
} from "./app_spec.ts";

/** What a build leaves in place of a function that belongs to another target. */
export const ELSEWHERE = "zonekit:elsewhere";

/** What a zone runs as. */
export type Role = "master" | "server" | "client";

/**
 * What all vars have.
 *
 * @internal
 */
interface VarBase {
  /** `/zone/name`. */
  readonly path: Path;
  /** Its zone. */
  readonly zone: ZoneName;
  /** The last segment of its path. */
  readonly name: string;
  /** Its CRDT type. */
  readonly crdt: AnyCrdt;
  /** What its values are. */
  readonly valueType: ValueType;
  /** A schema that its values must pass. */
  readonly schema: StandardSchema | null;
}

/** A parsed source var. */
export interface SourceVar extends VarBase {
  /** Tells the kinds of var apart. */
  readonly kind: "source";
  /** The rows of `init`, by key. */
  readonly initRows: ReadonlyMap<string, unknown>;
  /** Its rules; a rule that is elsewhere in this build is `ELSEWHERE`. */
  readonly using: Access["using"] | typeof ELSEWHERE;
  /** Its write rule. */
  readonly withCheck: Access["withCheck"] | typeof ELSEWHERE;
}

/** A parsed dependency. */
export interface ParsedDependency {
  /** The var that is read. */
  readonly path: Path;
  /** Which part of it; `null` for what the computation reads. */
  readonly scope: Scope | typeof ELSEWHERE | null;
}

/** A parsed derived var. */
export interface DerivedVar extends VarBase {
  /** Tells the kinds of var apart. */
  readonly kind: "derived";
  /** The computation that gives it. */
  readonly computer: Path;
  /** The zone it is computed in. */
  readonly computerZone: ZoneName;
  /** What is read. */
  readonly dependsOn: readonly ParsedDependency[];
}

/** A parsed replica. */
export interface ReplicaVar extends VarBase {
  /** Tells the kinds of var apart. */
  readonly kind: "replica";
  /** The source var it copies. */
  readonly of: Path;
  /** Which part; `null` for all that may be seen. */
  readonly scope: Scope | typeof ELSEWHERE | null;
}

/** Any var. */
export type Var = SourceVar | DerivedVar | ReplicaVar;

/** A parsed zone. */
export interface Zone {
  /** Its name. */
  readonly name: ZoneName;
  /** What it runs as. */
  readonly role: Role;
  /** The zone nearer to the root, `null` for the root. */
  readonly parent: ZoneName | null;
  /** The zones behind it. */
  readonly children: readonly ZoneName[];
  /** Its vars in an order in which nothing depends on what comes later. */
  readonly vars: readonly Var[];
}

/** A parsed app. */
export interface App {
  /** What was parsed. */
  readonly spec: AppSpec;
  /** Covers zones, channels, paths, types, schema names and init bytes; 16 hex digits. */
  readonly hash: string;
  /** The zones by name. */
  readonly zones: ReadonlyMap<ZoneName, Zone>;
  /** The zone that is never a `toZone`. */
  readonly root: ZoneName;
  /** Every var by path, in an order in which nothing depends on what comes later. */
  readonly vars: ReadonlyMap<Path, Var>;
  /** Every computation by path; one that is elsewhere in this build is `ELSEWHERE`. */
  readonly computations: ReadonlyMap<Path, Computation | typeof ELSEWHERE>;
}
