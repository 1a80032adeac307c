/**
 * An app running on this machine, all of its zones in one workerd.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type AppFolder, openAppFolder } from "../app/app_folder.ts";
import { removeFolder } from "../app/remove_folder.ts";
import { buildApp } from "../build/build_app.ts";
import { planScripts } from "../plan/script.ts";
import { keepDevSecrets, type Secrets } from "./dev_secrets.ts";
import type { LocalRuntime } from "./local_runtime.ts";
import { lockFolder } from "./lock_folder.ts";
import { type LocalRun, startMiniflare } from "./miniflare.ts";
import { assertPortFree } from "./port.ts";
import { Restarts } from "./restarts.ts";
import { watchFolders } from "./watch_folders.ts";
import { findWorkerd, startWatchdog } from "./workerd_process.ts";

/** How to run an app on this machine. */
export interface DevOptions {
  /** The port to listen on, 0 for any; 8787 when absent. */
  readonly port?: number;
  /**
   * The folder of the build, of the objects' data and of the secrets;
   * `.zonekit` in the app's folder when absent.
   */
  readonly workFolder?: string;
  /** Whether to forget the objects' data first. */
  readonly fresh?: boolean;
  /** Whether to build and start again when a file is edited. */
  readonly watch?: boolean;
  /** The port of workerd's inspector, 0 for any; absent for none. */
  readonly inspectorPort?: number;
  /** Takes a line of what happens; nobody when absent. */
  readonly log?: (line: string) => void;
}

/** An app that runs on this machine. */
export interface DevApp extends AsyncDisposable {
  /** Where it is served, without a slash at the end. */
  readonly url: string;
  /** What runs it, for tests that look inside. */
  readonly miniflare: LocalRuntime;
  /** The names of its scripts there. */
  readonly scriptNames: { readonly server: string; readonly db: string };
  /** The secrets it was given. */
  readonly secrets: Secrets;
  /** The process that runs it; `null` where `/proc` is missing. */
  workerdPid(): number | null;
  /** Ends it; nothing of it is left running. */
  stop(): Promise<void>;
}

/** The port of an app that asks for none. */
const DEFAULT_PORT = 8787;

/** The parts of the kit that end up in an app's bundles. */
const KIT_FOLDERS = ["../../shared", "../../zones"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)));

/**
 * Builds the app in `folder` and starts it under Miniflare. Its objects and
 * secrets are kept from one run to the next. Whatever the caller can mend (a
 * broken spec, a taken port) is a `DeployError`, and then nothing runs.
 */
export async function startDev(
  folder: string,
  options: DevOptions = {},
): Promise<DevApp> {
  const port = options.port ?? DEFAULT_PORT;
  const files = await openAppFolder(folder);
  assertPortFree(port);
  const workFolder = resolve(
    options.workFolder ?? join(files.path, ".zonekit"),
  );
  await using started = new AsyncDisposableStack();
  started.use(await lockFolder(workFolder));
  const run = await prepare(files, workFolder, options);
  const build = async (buildFolder: string): Promise<LocalRun> => {
    await buildApp(files, buildFolder, { sourceMaps: true });
    return { ...run, buildFolder };
  };
  const first = await build(join(workFolder, "build"));

  const watchdog = startWatchdog(run.instance);
  started.defer(() => watchdog.release());
  const miniflare = await startMiniflare(first);
  started.defer(() => miniflare.dispose());
  const url = await miniflare.ready;

  if (options.watch) {
    const settled = { ...first, port: run.port || Number(url.port) };
    const restarts = new Restarts(miniflare, settled, build);
    const watch = watchFolders({
      folders: [files.path, ...KIT_FOLDERS],
      ignored: workFolder,
      onEdits: () => restarts.restart(),
    });
    started.defer(() => watch.stop());
  }
  const running = started.move();
  const stop = () => running.disposeAsync();
  return {
    url: url.origin,
    miniflare,
    scriptNames: {
      server: run.scripts.server.name,
      db: run.scripts.db.name,
    },
    secrets: run.secrets,
    workerdPid: () => findWorkerd(run.instance),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function prepare(
  files: AppFolder,
  workFolder: string,
  options: DevOptions,
): Promise<LocalRun> {
  const dataFolder = join(workFolder, "data");
  if (options.fresh) await removeFolder(dataFolder);
  return {
    scripts: planScripts(files.name, { ZONEKIT_DEV: "1" }),
    buildFolder: join(workFolder, "build"),
    dataFolder,
    secrets: await keepDevSecrets(join(workFolder, "secrets.json")),
    port: options.port ?? DEFAULT_PORT,
    inspectorPort: options.inspectorPort,
    instance: crypto.randomUUID(),
    log: options.log ?? (() => {}),
  };
}
