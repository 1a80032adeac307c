/**
 * The one place that knows Miniflare's options, which change between its
 * major versions.
 *
 * @module
 */

import { join } from "node:path";
import type { Readable } from "node:stream";
import {
  Miniflare,
  type MiniflareOptions,
  NoOpLog,
  type WorkerOptions,
} from "miniflare";
import { DeployError } from "../deploy_error.ts";
import {
  type AppScripts,
  COMPATIBILITY_DATE,
  type Script,
} from "../plan/script.ts";
import type { Secrets } from "./dev_secrets.ts";
import { assertPortFree } from "./port.ts";
import { INSTANCE_VARIABLE } from "./workerd_process.ts";

/** What an app needs to run on this machine. */
export interface LocalRun {
  /** Its scripts. */
  readonly scripts: AppScripts;
  /** The folder of the build. */
  readonly buildFolder: string;
  /** The folder that its objects are kept in. */
  readonly dataFolder: string;
  /** The values of its secrets, by name. */
  readonly secrets: Secrets;
  /** The port to listen on; 0 for any. */
  readonly port: number;
  /** The inspector's port, 0 for any; absent for none. */
  readonly inspectorPort: number | undefined;
  /** What tells its workerd from others. */
  readonly instance: string;
  /** Takes what the workers write. */
  readonly log: (line: string) => void;
}

/**
 * Starts the app in one workerd, both scripts of it, and waits until it
 * listens. What keeps it from starting is a `DeployError`.
 */
export async function startMiniflare(run: LocalRun): Promise<Miniflare> {
  const miniflare = new Miniflare(miniflareOptions(run));
  try {
    await miniflare.ready;
    return miniflare;
  } catch (error) {
    // This cleans up, and then throws once more what `ready` threw.
    await miniflare.dispose().catch(() => {});
    // The port may have been taken since it was looked at.
    assertPortFree(run.port);
    throw runtimeRefused(error);
  }
}

/** Says in one error why workerd did not start. */
export function runtimeRefused(error: unknown): DeployError {
  const said = error instanceof Error ? error.message : String(error);
  return new DeployError({
    code: "runtime-failed",
    doing: "start workerd",
    path: "workerd",
    found: said.split("Runtime stderr:\n").at(-1) ?? said,
  });
}

/** The options of a run, as Miniflare 4 has them. */
export function miniflareOptions(run: LocalRun): MiniflareOptions {
  const { server, db } = run.scripts;
  return {
    host: "127.0.0.1",
    port: run.port,
    ...(run.inspectorPort === undefined
      ? {}
      : { inspectorPort: run.inspectorPort, inspectorHost: "127.0.0.1" }),
    log: new NoOpLog(),
    cf: false,
    durableObjectsPersist: run.dataFolder,
    // So that tests can read what an object has stored.
    unsafeInspectDurableObjects: true,
    unsafeRuntimeEnv: { [INSTANCE_VARIABLE]: run.instance },
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      logLines(stdout, run.log);
      logLines(stderr, run.log);
    },
    // Requests from outside go to the first.
    workers: [workerOptions(run, server), workerOptions(run, db)],
  };
}

function workerOptions(run: LocalRun, script: Script): WorkerOptions {
  const values = script.secrets.map((name) => [name, run.secrets[name]]);
  return {
    name: script.name,
    modulesRoot: run.buildFolder,
    modules: [{ type: "ESModule", path: join(run.buildFolder, script.main) }],
    compatibilityDate: COMPATIBILITY_DATE,
    bindings: { ...script.vars, ...Object.fromEntries(values) },
    durableObjects: Object.fromEntries(
      script.bindings.map(({ name, className, scriptName }) => [name, {
        className,
        useSQLite: true,
        ...(scriptName ? { scriptName } : {}),
      }]),
    ),
    ...(script.assets
      ? {
        assets: {
          directory: join(run.buildFolder, script.assets.folder),
          binding: script.assets.binding,
          // The worker comes first, so that its headers are on the page too.
          routerConfig: {
            has_user_worker: true,
            invoke_user_worker_ahead_of_assets: true,
          },
        },
      }
      : {}),
  };
}

function logLines(output: Readable, log: LocalRun["log"]): void {
  output.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n")) {
      if (line.trim() !== "") log(line);
    }
  });
}
