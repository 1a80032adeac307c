/**
 * Whether the paths in a spec name what they should, where they can be reached
 * from.
 *
 * @module
 */

import { describe } from "../codec/describe.ts";
import type { DerivedVar, SourceVar } from "./app.ts";
import type { Path, ZoneName } from "./app_spec.ts";
import type { ZoneTree } from "./parse_channels.ts";
import type { Entry, ReplicaDraft } from "./parse_entry.ts";
import { SpecError } from "./spec_error.ts";

/** What there is to refer to. */
export interface Surroundings {
  /** Every entry by path. */
  readonly entries: ReadonlyMap<Path, Entry>;
  /** The tree of zones. */
  readonly tree: ZoneTree;
}

/** Where an entry stands in the spec, for faults. */
function placeOf(variable: { zone: ZoneName; name: string }): string {
  return `zones.${variable.zone}.${variable.name}`;
}

/** Whether `zone` is `other`, or stands between it and the root. */
function isAtOrAbove(
  tree: ZoneTree,
  zone: ZoneName,
  other: ZoneName,
): boolean {
  let at: ZoneName | null = other;
  while (at !== null && at !== zone) at = tree.places.get(at)?.parent ?? null;
  return at === zone;
}

/** What a path names, in a few words. */
function nameOf(path: Path, entry: Entry | undefined): string {
  if (entry === undefined) return `${describe(path)}, which names nothing`;
  const kind = entry.kind === "computation" ? "computation" : "var";
  return entry.kind === kind
    ? `${describe(path)}, which is a ${kind}`
    : `${describe(path)}, which is a ${entry.kind} ${kind}`;
}

/** Checks the computer of a derived var. */
function checkComputer(around: Surroundings, derived: DerivedVar): void {
  const at = `${placeOf(derived)}.computer`;
  const entry = around.entries.get(derived.computer);
  if (entry?.kind !== "computation") {
    throw new SpecError(at, nameOf(derived.computer, entry), "a computation");
  }
  if (isAtOrAbove(around.tree, derived.computerZone, derived.zone)) return;
  throw new SpecError(
    at,
    `${describe(derived.computer)}, from where nothing comes down to ` +
      `"${derived.zone}"`,
    `a computation in "${derived.zone}" or a zone between it and the root`,
  );
}

/** Checks that a dependency of a derived var can be brought to its computer. */
function checkDependency(
  around: Surroundings,
  derived: DerivedVar,
  at: string,
  path: Path,
): void {
  const entry = around.entries.get(path);
  if (entry === undefined || entry.kind === "computation") {
    throw new SpecError(at, nameOf(path, entry), "a var");
  }
  const { computerZone } = derived;
  if (isAtOrAbove(around.tree, entry.zone, computerZone)) return;
  throw new SpecError(
    at,
    `${describe(path)}, from where nothing comes down to "${computerZone}"`,
    `a var in "${computerZone}", where ${derived.computer} runs, or in a ` +
      "zone between it and the root",
  );
}

/** Refuses two vars that a computation would see under one name. */
function checkNames(around: Surroundings, derived: DerivedVar): void {
  const seen = new Map<string, Path>();
  for (const entry of around.entries.values()) {
    if (entry.kind === "computation") continue;
    if (entry.zone === derived.computerZone) seen.set(entry.name, entry.path);
  }
  for (const [index, { path }] of derived.dependsOn.entries()) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const other = seen.get(name);
    if (other !== undefined && other !== path) {
      throw new SpecError(
        `${placeOf(derived)}.depends_on[${index}]`,
        `${describe(path)}, which ${derived.computer} would see under the ` +
          `same name as ${describe(other)}`,
        "another last segment for one of them",
      );
    }
    seen.set(name, path);
  }
}

/** Checks what a derived var refers to. */
export function checkDerived(around: Surroundings, derived: DerivedVar): void {
  checkComputer(around, derived);
  for (const [index, { path }] of derived.dependsOn.entries()) {
    const at = `${placeOf(derived)}.depends_on[${index}]`;
    checkDependency(around, derived, at, path);
  }
  checkNames(around, derived);
}

/** Refuses a computation that two vars have as computer: its effects name one path. */
export function checkOneVarEach(derived: readonly DerivedVar[]): void {
  const takenBy = new Map<Path, Path>();
  for (const { path, zone, name, computer } of derived) {
    const other = takenBy.get(computer);
    if (other !== undefined) {
      throw new SpecError(
        `${placeOf({ zone, name })}.computer`,
        `${describe(computer)}, which computes ${describe(other)} already`,
        "a computation of its own",
      );
    }
    takenBy.set(computer, path);
  }
}

/** Checks that a source var stands where its state is kept. */
export function checkSource(around: Surroundings, source: SourceVar): void {
  if (around.tree.places.get(source.zone)?.role !== "server") return;
  throw new SpecError(
    placeOf(source),
    `a source var in the server zone "${source.zone}", which keeps no state`,
    `a source var in "${around.tree.root}" or in a client zone`,
  );
}

/** The source var that a replica copies. */
export function sourceOf(
  around: Surroundings,
  replica: ReplicaDraft,
): SourceVar {
  const { root, places } = around.tree;
  if (places.get(replica.zone)?.role !== "client") {
    throw new SpecError(
      placeOf(replica),
      `a replica in "${replica.zone}", which is no client zone`,
      "replicas in client zones only",
    );
  }
  const entry = around.entries.get(replica.of);
  if (entry?.kind === "source" && entry.zone === root) return entry;
  const where = entry?.kind === "source" ? ` of "${entry.zone}"` : "";
  throw new SpecError(
    `${placeOf(replica)}.replica_of`,
    nameOf(replica.of, entry) + where,
    `a source var of the root zone "${root}"`,
  );
}
