/**
 * The hash by which two nodes know that they run the same app.
 *
 * @module
 */

import { hashHex } from "../codec/hash.ts";
import { encodeValue } from "../codec/value.ts";
import type { App, Var } from "./app.ts";
import { initBytes } from "./parse_init.ts";

/** What of a var both ends must agree on. */
function varFacts(variable: Var): Record<string, unknown> {
  const base = {
    kind: variable.kind,
    crdtType: variable.crdt.name,
    valueType: variable.valueType,
    schema: variable.schema && variable.schema["~standard"].vendor,
  };
  switch (variable.kind) {
    case "source":
      return { ...base, init: initBytes(variable.crdt, variable.initRows) };
    case "derived":
      return {
        ...base,
        computer: variable.computer,
        depends_on: variable.dependsOn.map(({ path }) => path).sort(),
      };
    case "replica":
      return { ...base, replica_of: variable.of };
  }
}

/**
 * Sixteen hex digits over zones, channels, paths, kinds, types, schema vendors
 * and init bytes. Neither functions nor the order of declaration count.
 */
export function hashSpec(app: Omit<App, "spec" | "hash">): string {
  const zones = [...app.zones.values()].map(({ name, parent }) =>
    [name, parent] as const
  );
  const vars = [...app.vars.values()].map((variable) =>
    [variable.path, varFacts(variable)] as const
  );
  return hashHex(encodeValue({
    channelType: "websocket",
    zones: Object.fromEntries(zones),
    vars: Object.fromEntries(vars),
    computations: [...app.computations.keys()].sort(),
  }));
}
