/**
 * Turns a spec of unknown origin into an app that every node can trust, or
 * refuses it with the path of its first fault.
 *
 * @module
 */

import type { AnyCrdt } from "../crdt/contract.ts";
import { crdtTypes } from "../crdt/registry.ts";
import type { App, Var, Zone } from "./app.ts";
import type { AppSpec, Path, ZoneName } from "./app_spec.ts";
import {
  checkDerived,
  checkOneVarEach,
  checkSource,
  sourceOf,
  type Surroundings,
} from "./check_references.ts";
import { orderVars } from "./dependency_order.ts";
import { type Fields, fieldsAt, refuseOtherFields } from "./fields.ts";
import { parseChannels, type ZoneTree } from "./parse_channels.ts";
import { type Entry, parseEntry } from "./parse_entry.ts";
import { assertName, joinPath } from "./paths.ts";
import { SpecError } from "./spec_error.ts";
import { hashSpec } from "./spec_hash.ts";

/** Reads the entries of all zones, each judged alone. */
function parseZones(
  zones: Fields,
  types: ReadonlyMap<string, AnyCrdt>,
): Map<Path, Entry> {
  const entries = new Map<Path, Entry>();
  for (const [zone, value] of Object.entries(zones)) {
    const zoneAt = `zones.${zone}`;
    assertName(zoneAt, zone);
    const wanted = "an object of vars and computations";
    const fields = fieldsAt(zoneAt, value, wanted);
    for (const [name, entry] of Object.entries(fields)) {
      const at = `${zoneAt}.${name}`;
      assertName(at, name);
      const path = joinPath(zone, name);
      entries.set(path, parseEntry({ at, path, zone, name }, entry, types));
    }
  }
  return entries;
}

/** The vars among the entries, judged in their surroundings. */
function resolveVars(around: Surroundings): Map<Path, Var> {
  const vars = new Map<Path, Var>();
  for (const entry of around.entries.values()) {
    if (entry.kind === "computation") continue;
    if (entry.kind === "replica") {
      const { crdt, valueType, schema } = sourceOf(around, entry);
      vars.set(entry.path, { ...entry, crdt, valueType, schema });
      continue;
    }
    if (entry.kind === "source") checkSource(around, entry);
    else checkDerived(around, entry);
    vars.set(entry.path, entry);
  }
  checkOneVarEach([...vars.values()].filter((v) => v.kind === "derived"));
  return orderVars(vars);
}

/** The zones with their vars. */
function buildZones(
  tree: ZoneTree,
  vars: ReadonlyMap<Path, Var>,
): Map<ZoneName, Zone> {
  const zones = new Map<ZoneName, Zone>();
  for (const [name, place] of tree.places) {
    const own = [...vars.values()].filter(({ zone }) => zone === name);
    zones.set(name, { name, ...place, vars: own });
  }
  return zones;
}

/** The computations among the entries. */
function collectComputations(
  entries: ReadonlyMap<Path, Entry>,
): App["computations"] {
  const computations = new Map();
  for (const entry of entries.values()) {
    if (entry.kind !== "computation") continue;
    computations.set(entry.path, entry.computation);
  }
  return computations;
}

/** Refuses what `parseAppSpec` would. Throws `SpecError`. */
export function assertAppSpec(spec: unknown): void {
  parseAppSpec(spec);
}

/**
 * Reads a spec, with the CRDT types it may ask for. A function may also be
 * `ELSEWHERE`, but for `init`, which every node needs. Throws `SpecError`.
 */
export function parseAppSpec(
  spec: unknown,
  types: ReadonlyMap<string, AnyCrdt> = crdtTypes,
): App {
  const fields = fieldsAt("", spec, "an object with zones and channels");
  refuseOtherFields("", fields, ["zones", "channels"]);
  const zonesWanted = "an object of zones by name";
  const zoneFields = fieldsAt("zones", fields.zones, zonesWanted);
  const zoneNames = Object.keys(zoneFields);
  if (zoneNames.length === 0) {
    throw new SpecError("zones", "empty", zonesWanted);
  }
  const entries = parseZones(zoneFields, types);
  const tree = parseChannels(fields.channels, zoneNames);
  const vars = resolveVars({ entries, tree });
  const parts = {
    zones: buildZones(tree, vars),
    root: tree.root,
    vars,
    computations: collectComputations(entries),
  };
  return { spec: spec as AppSpec, hash: hashSpec(parts), ...parts };
}
