/**
 * The whole build: one bundle a target, each with its own zone's functions.
 *
 * @module
 */

import { join } from "node:path";
import type { AppFolder } from "../app/app_folder.ts";
import { removeFolder } from "../app/remove_folder.ts";
import { DeployError } from "../deploy_error.ts";
import { ASSETS, BUNDLES } from "../plan/layout.ts";
import { bundle, sourceMapOf } from "./bundle.ts";
import { readWorkspace, redirect } from "./import_map.ts";
import { loadApp } from "./load_app.ts";
import { writeAssets } from "./page.ts";
import { squeeze } from "./squeeze.ts";
import { proveSplits, splitPathsOf, writeSplits } from "./split_app.ts";
import type { Target } from "./target.ts";
import { trustingMap, writeTrustedSpec } from "./trust_spec.ts";

/** How to build. */
export interface BuildOptions {
  /** Whether to leave source maps beside the bundles. */
  readonly sourceMaps: boolean;
}

/**
 * Builds an app into `folder`. The folder is replaced when all is well, and
 * left as it is when the build fails, so that what runs from it goes on.
 */
export async function buildApp(
  app: AppFolder,
  folder: string,
  options: BuildOptions,
): Promise<void> {
  const next = `${folder}.next`;
  await removeFolder(next);
  try {
    await buildInto(app, next, options);
    await removeFolder(folder);
    await Deno.rename(next, folder);
  } finally {
    await removeFolder(next);
  }
}

async function buildInto(
  files: AppFolder,
  folder: string,
  options: BuildOptions,
): Promise<void> {
  const workspace = await readWorkspace(files.path);
  const scratch = join(folder, "scratch");
  const app = await loadApp(files.spec, join(scratch, "spec.js"), workspace);
  const splits = splitPathsOf(folder);
  await writeSplits(files.spec, app, splits);
  const proof = join(scratch, "proof.js");
  await writeTrustedSpec(app, splits.client);
  const bundleTarget = async (target: Target, entry: string) => {
    const output = join(folder, BUNDLES[target]);
    const { importMap } = workspace;
    const split = splits[target];
    const sources = await bundle({
      entry,
      output,
      platform: "browser",
      minify: true,
      config: workspace.config,
      importMap: target === "client"
        ? trustingMap(importMap, {
          specPath: files.spec,
          split,
          app,
          words: options.sourceMaps,
        })
        : redirect(importMap, files.spec, split),
    });
    refuseWholeSpec(entry, sources, files.spec);
    // A source map would lead back to the bundle, and not to the sources.
    if (target === "client" && !options.sourceMaps) {
      await squeeze(output, sources);
    }
    await finishSourceMap(output, options);
  };
  // All of them end before the folder may go, whichever fails first.
  const parts = await Promise.allSettled([
    proveSplits(files.spec, app, splits, proof, workspace),
    writeAssets(files, join(folder, ASSETS)),
    bundleTarget("client", files.page),
    bundleTarget("server", files.server),
    bundleTarget("db", files.db),
  ]);
  const failed = parts.find((part) => part.status === "rejected");
  if (failed) throw failed.reason;
  // What was evaluated here holds every zone's functions.
  await removeFolder(scratch);
}

/** By another name than its address, `app.ts` would come in unsplit. */
function refuseWholeSpec(
  entry: string,
  sources: readonly string[],
  specPath: string,
): void {
  if (!sources.includes(specPath)) return;
  throw new DeployError({
    code: "split-failed",
    doing: `bundle ${entry}`,
    path: entry,
    found: "app.ts is imported under another name than its path",
    wanted: `import app from "./app.ts"`,
  });
}

async function finishSourceMap(
  output: string,
  { sourceMaps }: BuildOptions,
): Promise<void> {
  const map = sourceMapOf(output);
  if (!sourceMaps) return await Deno.remove(map);
  const name = map.slice(map.lastIndexOf("/") + 1);
  await Deno.writeTextFile(output, `\n//# sourceMappingURL=${name}\n`, {
    append: true,
  });
}
