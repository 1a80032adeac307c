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
const SCHEMA = new URL("../../shared/spec/schema_fault.ts", import.meta.url);
const NO_SCHEMA = new URL("../../shared/spec/no_schema.ts", import.meta.url);
const WORDS = new URL("../../shared/codec/words.ts", import.meta.url);
const NO_WORDS = new URL("../../shared/codec/no_words.ts", import.meta.url);

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

/** The map of a bundle that holds no more of the kit than an app asks for. */
export function trustingMap(
  map: ImportMap,
  { specPath, split, app, words }: {
    /** `app.ts`. */
    readonly specPath: string;
    /** The split spec, with a trusted one beside it. */
    readonly split: string;
    /** What they were parsed to. */
    readonly app: App;
    /** Whether errors are to say what they found and wanted. */
    readonly words: boolean;
  },
): ImportMap {
  const pairs: [from: string, to: string][] = [
    [specPath, trustedPathOf(split)],
    [fileURLToPath(PARSE), fileURLToPath(TRUSTED)],
  ];
  if ([...app.vars.values()].every(({ schema }) => schema === null)) {
    pairs.push([fileURLToPath(SCHEMA), fileURLToPath(NO_SCHEMA)]);
  }
  if (!words) pairs.push([fileURLToPath(WORDS), fileURLToPath(NO_WORDS)]);
  return pairs.reduce((last, [from, to]) => redirect(last, from, to), map);
}
