/**
 * The canary app as it is built, and a variant of its server bundle that
 * lacks a function.
 *
 * @module
 */

import type { Miniflare } from "miniflare";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openAppFolder } from "../../deploy/app/app_folder.ts";
import { absoluteImports } from "../../deploy/build/absolute_imports.ts";
import { buildApp } from "../../deploy/build/build_app.ts";
import { bundle } from "../../deploy/build/bundle.ts";
import { readWorkspace, redirect } from "../../deploy/build/import_map.ts";
import { splitSpec } from "../../deploy/build/split.ts";
import type { Place } from "../../deploy/build/target.ts";
import { startMiniflare } from "../../deploy/dev/miniflare.ts";
import { BUNDLES } from "../../deploy/plan/layout.ts";
import { planScripts } from "../../deploy/plan/script.ts";
import { ELSEWHERE } from "../../shared/spec/app.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import spec from "./fixture/app.ts";

const ENTRIES = [
  new URL("./fixture/server.ts", import.meta.url),
  new URL("./fixture/db.ts", import.meta.url),
  new URL("./fixture/page.ts", import.meta.url),
];
const FOLDER = fileURLToPath(new URL(".", ENTRIES[0]));

/** The hash of the canary app's spec. */
export const CANARY_HASH = parseAppSpec(spec).hash;

/** Builds the canary app into a folder. */
export async function buildCanaries(buildFolder: string): Promise<void> {
  const options = { sourceMaps: false };
  await buildApp(await openAppFolder(FOLDER), buildFolder, options);
}

/** The canary words in a bundle of a build. */
export async function canariesIn(
  buildFolder: string,
  target: keyof typeof BUNDLES,
): Promise<string[]> {
  const text = await Deno.readTextFile(join(buildFolder, BUNDLES[target]));
  return [...new Set(text.match(/canary-\w+/g))].sort();
}

/** Bundles the server zone of a build again, without one of its functions. */
export async function dropFromServer(
  buildFolder: string,
  place: Place,
): Promise<void> {
  const app = await openAppFolder(FOLDER);
  const workspace = await readWorkspace(app.path);
  const split = join(buildFolder, "split", "server", "app.ts");
  const text = await Deno.readTextFile(split);
  await Deno.writeTextFile(
    split,
    absoluteImports(
      splitSpec(text, [place], ELSEWHERE),
      pathToFileURL(app.spec),
    ),
  );
  await bundle({
    entry: app.server,
    output: join(buildFolder, BUNDLES.server),
    platform: "browser",
    minify: true,
    config: workspace.config,
    importMap: redirect(workspace.importMap, app.spec, split),
  });
}

/** Runs a build in real workerd, over objects of its own. */
export async function runBuild(buildFolder: string): Promise<Miniflare> {
  return await startMiniflare({
    scripts: planScripts("canaries", { ZONEKIT_DEV: "1" }),
    buildFolder,
    dataFolder: await Deno.makeTempDir({ dir: buildFolder }),
    secrets: {
      ZONEKIT_TICKET_KEY: "a ticket key of this test, of nobody else",
      ZONEKIT_TOKEN_SECRET: "a token secret of this test, of nobody else",
    },
    port: 0,
    inspectorPort: undefined,
    instance: crypto.randomUUID(),
    log: () => {},
  });
}
