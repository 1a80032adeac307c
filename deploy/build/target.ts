/**
 * Where the zones of a spec run, and which of its functions each build keeps.
 *
 * @module
 */

import type { App, Computation, NodeSpec, Role } from "@zonekit/shared";

/** A bundle of its own: the browser, the edge worker, or the master object. */
export type Target = "client" | "server" | "db";

/** Every target. */
export const TARGETS: readonly Target[] = ["client", "server", "db"];

/** Where a function stands: zone, var or computation, and the way inside it. */
export type Place = readonly [
  zone: string,
  name: string,
  ...inside: (string | number)[],
];

/** A function of the spec, and the one target that needs it. */
export interface PlacedFunction {
  /** Where it stands. */
  readonly place: Place;
  /** Who runs it. */
  readonly target: Target;
}

const TARGET_OF_ROLE: Readonly<Record<Role, Target>> = {
  master: "db",
  server: "server",
  client: "client",
};

/** Writes a place as a fault of the spec's parser would. */
export function placeText([zone, name, ...inside]: Place): string {
  const way = inside.map((key) =>
    typeof key === "number" ? `[${key}]` : `.${key}`
  );
  return `zones.${zone}.${name}${way.join("")}`;
}

/**
 * Every function of an app that belongs to one target alone.
 *
 * `init` and `value` are not among them: every target needs them.
 */
export function placedFunctions(app: App): PlacedFunction[] {
  return [...app.zones.values()].flatMap(({ name: zone, role }) =>
    Object.entries(app.spec.zones[zone] ?? {}).flatMap(([name, value]) =>
      typeof value === "function"
        ? [{ place: [zone, name] as const, target: TARGET_OF_ROLE[role] }]
        : functionsOfVar(value).map(([target, ...inside]) => ({
          place: [zone, name, ...inside] as const,
          target,
        }))
    )
  );
}

/** The functions that a target's build must not hold. */
export function placesToRemove(
  functions: readonly PlacedFunction[],
  target: Target,
): Place[] {
  return functions.filter((found) => found.target !== target)
    .map((found) => found.place);
}

type State = Exclude<NodeSpec[string], Computation>;
type Inside = [target: Target, ...inside: (string | number)[]];

/** Server nodes judge who sees what; the master judges who writes what. */
function functionsOfVar(value: State): Inside[] {
  const found: Inside[] = [];
  if ("scope" in value && typeof value.scope === "function") {
    found.push(["server", "scope"]);
  }
  if ("depends_on" in value) {
    for (const [index, dependency] of value.depends_on.entries()) {
      if (typeof dependency === "string") continue;
      if (typeof dependency.scope !== "function") continue;
      found.push(["server", "depends_on", index, "scope"]);
    }
  }
  if ("access" in value && typeof value.access?.using === "function") {
    found.push(["server", "access", "using"]);
  }
  if ("access" in value && typeof value.access?.withCheck === "function") {
    found.push(["db", "access", "withCheck"]);
  }
  return found;
}
