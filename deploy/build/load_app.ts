/**
 * The app's spec as a value: `app.ts`, evaluated in this process.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { DeployError, oneLineOf } from "../deploy_error.ts";
import { type App, deployableApp } from "@zonekit/shared";
import { bundle } from "./bundle.ts";
import type { Workspace } from "./import_map.ts";

/**
 * Evaluates `app.ts` as it is now and parses its default export. It is bundled
 * first: a module that it imports would else be the one that this process has
 * loaded before. A spec that cannot run is a `DeployError`.
 */
export async function loadApp(
  specPath: string,
  output: string,
  { config, importMap }: Workspace,
): Promise<App> {
  await bundle({
    entry: specPath,
    output,
    platform: "deno",
    minify: false,
    config,
    importMap,
  });
  try {
    const module = await evaluate(output);
    if (!("default" in module)) {
      throw new Error(
        "it has no default export, want export default defineApp({ zones, channels })",
      );
    }
    return deployableApp(module.default);
  } catch (error) {
    throw new DeployError({
      code: "bad-spec",
      doing: "load app.ts",
      path: specPath,
      found: oneLineOf(error).replace(/^Cannot use this spec: /, ""),
    });
  }
}

/** Evaluates a bundle as it is now, however often its path was imported. */
export async function evaluate(output: string): Promise<object> {
  const url = pathToFileURL(output);
  url.searchParams.set(
    "at",
    String(performance.timeOrigin + performance.now()),
  );
  const module: object = await import(url.href);
  return module;
}
