/**
 * Parsing a spec that is to be deployed: one worker meets the clients, so the
 * zones between them and the root are one at most. The nodes themselves serve
 * any tree, and the memory world runs it.
 *
 * @module
 */

import type { App } from "./app.ts";
import { parseAppSpec } from "./parse.ts";
import { SpecError } from "./spec_error.ts";

/** Parses a spec for the edge platform. Throws `SpecError`. */
export function deployableApp(spec: unknown): App {
  const app = parseAppSpec(spec);
  const servers = [...app.zones.values()].filter(({ role }) =>
    role === "server"
  );
  if (servers.length <= 1) return app;
  const names = servers.map(({ name }) => `"${name}"`).join(" and ");
  throw new SpecError("zones", `server zones ${names}`, "one at most");
}
