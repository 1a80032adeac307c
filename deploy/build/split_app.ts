/**
 * Writes the spec of each target, and proves that each is what it should be.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type App, ELSEWHERE, parseAppSpec } from "@zonekit/shared";
import { DeployError, oneLineOf } from "../deploy_error.ts";
import { absoluteImports } from "./absolute_imports.ts";
import { bundle } from "./bundle.ts";
import type { Workspace } from "./import_map.ts";
import { evaluate } from "./load_app.ts";
import { splitSpec } from "./split.ts";
import {
  placedFunctions,
  placesToRemove,
  placeText,
  type Target,
  TARGETS,
} from "./target.ts";

/** Where each target's `app.ts` is. */
export type SplitPaths = Readonly<Record<Target, string>>;

/** The paths of the split specs of a build. */
export function splitPathsOf(buildFolder: string): SplitPaths {
  const pathOf = (target: Target) =>
    join(buildFolder, "split", target, "app.ts");
  return {
    client: pathOf("client"),
    server: pathOf("server"),
    db: pathOf("db"),
  };
}

/** Writes `app.ts` for each target, without what belongs to the others. */
export async function writeSplits(
  specPath: string,
  app: App,
  paths: SplitPaths,
): Promise<void> {
  const text = await Deno.readTextFile(specPath);
  const functions = placedFunctions(app);
  for (const target of TARGETS) {
    const removed = placesToRemove(functions, target);
    const split = splitSpec(text, removed, ELSEWHERE);
    await Deno.mkdir(dirname(paths[target]), { recursive: true });
    await Deno.writeTextFile(
      paths[target],
      absoluteImports(split, pathToFileURL(specPath)),
    );
  }
}

/**
 * Evaluates what `writeSplits` wrote. A function in the wrong target, and one
 * that is missing in its own, is a `DeployError`: text can be read wrongly
 * (a spec that is changed after it was written down, say), a value cannot.
 */
export async function proveSplits(
  specPath: string,
  app: App,
  paths: SplitPaths,
  output: string,
  { config, importMap }: Workspace,
): Promise<void> {
  const entry = `${output}.entry.ts`;
  const imports = TARGETS.map((target) => {
    const url = pathToFileURL(paths[target]).href;
    return `export { default as ${target} } from ${JSON.stringify(url)};\n`;
  });
  await Deno.writeTextFile(entry, imports.join(""));
  const platform = "deno";
  await bundle({ entry, output, platform, minify: false, config, importMap });
  const specs = await evaluate(output).catch((error) => {
    throw misplaced(specPath, "the split spec", oneLineOf(error));
  });
  for (const target of TARGETS) {
    refuseOtherHash(specPath, app, target, valueAt(specs, [target]));
    for (const { place, target: owner } of placedFunctions(app)) {
      const value = valueAt(specs, [target, "zones", ...place]);
      const isThere = typeof value === "function";
      if (isThere === (owner === target)) continue;
      const state = isThere ? "is still" : "is not";
      throw misplaced(
        specPath,
        placeText(place),
        `it ${state} in the ${target} build`,
      );
    }
  }
}

/** Nodes of one build would refuse each other, or take another's spec for theirs. */
function refuseOtherHash(
  specPath: string,
  app: App,
  target: Target,
  spec: unknown,
): void {
  const { hash } = parseAppSpec(spec);
  if (hash === app.hash) return;
  throw misplaced(specPath, "the spec", `its hash in the ${target} is ${hash}`);
}

function valueAt(holder: unknown, path: readonly (string | number)[]): unknown {
  let value = holder;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function misplaced(specPath: string, path: string, found: string): DeployError {
  return new DeployError({
    code: "split-failed",
    doing: `give ${path} to its own target alone`,
    path: specPath,
    found,
    wanted: "a spec that nothing changes after it is written out, and whose " +
      "constants are not shared by zones of different targets",
  });
}
