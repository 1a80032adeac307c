/**
 * Parsing a spec that is to be run: what the nodes cannot carry yet is refused
 * before anything starts.
 *
 * @module
 */

import type { App } from "./app.ts";
import { parseAppSpec } from "./parse.ts";
import { SpecError } from "./spec_error.ts";

/** Parses a spec for a node that runs it. Throws `SpecError`. */
export function runnableApp(spec: unknown): App {
  const app = parseAppSpec(spec);
  for (const zone of app.zones.values()) {
    const parent = app.zones.get(zone.parent ?? "");
    if (zone.role !== "server" || parent?.role !== "server") continue;
    throw new SpecError(
      "channels",
      `server zone "${zone.name}" behind server zone "${parent.name}"`,
      "server zones right behind the root",
    );
  }
  const servers = [...app.zones.values()].filter(({ role }) =>
    role === "server"
  );
  if (servers.length <= 1) return app;
  const names = servers.map(({ name }) => `"${name}"`).join(" and ");
  throw new SpecError("zones", `server zones ${names}`, "one at most");
}
