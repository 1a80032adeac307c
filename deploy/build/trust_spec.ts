/**
 * What spares the client's bundle the parser: the build has parsed the spec,
 * and what it found out goes beside it.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { App } from "@zonekit/shared";
import * as registry from "../../shared/crdt/registry.ts";
import { factsOf } from "../../shared/spec/trusted.ts";
import { type ImportMap, redirect } from "./import_map.ts";

const REGISTRY = new URL("../../shared/crdt/registry.ts", import.meta.url);
const PARSE = new URL("../../shared/spec/parse.ts", import.meta.url);
const TRUSTED = new URL("../../shared/spec/trusted.ts", import.meta.url);

/** Where the trusted spec of a split one is. */
function trustedPathOf(split: string): string {
  return join(dirname(split), "trusted.ts");
}

/** The names under which the registry has the CRDT types of an app. */
function typesOf(app: App): string[] {
  const used = new Set([...app.vars.values()].map(({ crdt }) => crdt));
  return Object.entries(registry)
    .flatMap(([name, type]) =>
      used.has(type as typeof registry.gset) ? name : []
    )
    .sort();
}

/** Writes, beside a split spec, the same spec with what its app is known to be. */
export async function writeTrustedSpec(app: App, split: string): Promise<void> {
  const types = typesOf(app).join(", ");
  await Deno.writeTextFile(
    trustedPathOf(split),
    `import { ${types} } from ${JSON.stringify(REGISTRY.href)};
import { trustSpec } from ${JSON.stringify(TRUSTED.href)};
import spec from "./app.ts";
export * from "./app.ts";
export default trustSpec(spec, ${JSON.stringify(factsOf(app))}, [${types}]);
`,
  );
}

/** The map of a bundle that reads a trusted spec in the place of `app.ts`. */
export function trustingMap(
  map: ImportMap,
  specPath: string,
  split: string,
): ImportMap {
  const [parse, trusted] = [fileURLToPath(PARSE), fileURLToPath(TRUSTED)];
  const redirected = redirect(map, specPath, trustedPathOf(split));
  return redirect(redirected, parse, trusted);
}
