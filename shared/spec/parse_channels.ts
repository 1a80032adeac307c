/**
 * The channels of a spec, which must make one tree of all its zones.
 *
 * @module
 */

import type { Role } from "./app.ts";
import type { ZoneName } from "./app_spec.ts";
import {
  arrayAt,
  fieldPath,
  fieldsAt,
  found,
  oneOf,
  refuseOtherFields,
} from "./fields.ts";
import { SpecError } from "./spec_error.ts";

/** Where a zone stands. */
export interface ZonePlace {
  /** What it runs as. */
  readonly role: Role;
  /** The zone nearer to the root, `null` for the root. */
  readonly parent: ZoneName | null;
  /** The zones behind it, in the order of the channels. */
  readonly children: readonly ZoneName[];
}

/** The tree of zones. */
export interface ZoneTree {
  /** The zone that is never a `toZone`. */
  readonly root: ZoneName;
  /** Every zone's place. */
  readonly places: ReadonlyMap<ZoneName, ZonePlace>;
}

/** The parent of each zone that has one. */
type Parents = ReadonlyMap<ZoneName, ZoneName>;

const FIELDS = ["type", "fromZone", "toZone"];

/** Reads one channel. */
function parseChannel(
  at: string,
  value: unknown,
  zones: readonly ZoneName[],
): { from: ZoneName; to: ZoneName } {
  const fields = fieldsAt(at, value, "a channel");
  refuseOtherFields(at, fields, FIELDS);
  oneOf(fieldPath(at, "type"), fields.type, ["websocket"]);
  const from = oneOf(fieldPath(at, "fromZone"), fields.fromZone, zones);
  const to = oneOf(fieldPath(at, "toZone"), fields.toZone, zones);
  if (from === to) {
    throw new SpecError(at, `from "${from}" to itself`, "two different zones");
  }
  return { from, to };
}

/** Reads all channels: which zone is whose parent. */
function parseParents(value: unknown, zones: readonly ZoneName[]): Parents {
  const channels = arrayAt("channels", value, "an array of channels");
  const parents = new Map<ZoneName, ZoneName>();
  for (const [index, channel] of channels.entries()) {
    const at = `channels[${index}]`;
    const { from, to } = parseChannel(at, channel, zones);
    const other = parents.get(to);
    if (other === from) {
      throw new SpecError(
        at,
        `a second channel from "${from}" to "${to}"`,
        "one channel between two zones",
      );
    }
    if (other !== undefined) {
      throw new SpecError(
        fieldPath(at, "toZone"),
        `${found(to)}, which has the parent "${other}" already`,
        "one parent a zone",
      );
    }
    parents.set(to, from);
  }
  return parents;
}

/** The zones on the cycle that a walk towards the root runs into, or `null`. */
function findCycle(start: ZoneName, parents: Parents): ZoneName[] | null {
  const walked: ZoneName[] = [];
  let zone: ZoneName | undefined = start;
  while (zone !== undefined && !walked.includes(zone)) {
    walked.push(zone);
    zone = parents.get(zone);
  }
  if (zone === undefined) return null;
  return [...walked.slice(walked.indexOf(zone)), zone].reverse();
}

/** Refuses what is no tree over all zones. */
function findRoot(zones: readonly ZoneName[], parents: Parents): ZoneName {
  const ends = new Set([...parents.keys(), ...parents.values()]);
  for (const zone of zones) {
    if (!ends.has(zone)) {
      throw new SpecError(
        `zones.${zone}`,
        "without a channel",
        "a channel that joins it to another zone",
      );
    }
    const cycle = findCycle(zone, parents);
    if (cycle !== null) {
      const shown = cycle.join(" -> ");
      throw new SpecError("channels", `the cycle ${shown}`, "one tree");
    }
  }
  const roots = zones.filter((zone) => !parents.has(zone));
  if (roots.length === 1) return roots[0]!;
  throw new SpecError(
    "channels",
    `${roots.length} trees, with the roots ${roots.join(", ")}`,
    "one tree",
  );
}

/** Reads the channels of a spec with these zones into a tree. */
export function parseChannels(
  value: unknown,
  zones: readonly ZoneName[],
): ZoneTree {
  const parents = parseParents(value, zones);
  const root = findRoot(zones, parents);
  const places = zones.map((zone): [ZoneName, ZonePlace] => {
    const children = [...parents.keys()].filter((child) =>
      parents.get(child) === zone
    );
    const parent = parents.get(zone) ?? null;
    const role = parent === null
      ? "master"
      : children.length === 0
      ? "client"
      : "server";
    return [zone, { role, parent, children }];
  });
  return { root, places: new Map(places) };
}
