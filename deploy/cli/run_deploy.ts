import { join, resolve } from "node:path";
import { openAppFolder } from "../app/app_folder.ts";
import { deployApp } from "../apply/deploy_app.ts";
import { DeployError } from "../deploy_error.ts";

/** What `deploy` was asked for. */
export interface DeployRequest {
  /** The app's folder. */
  readonly folder: string;
  /** Whether to stop before the upload. */
  readonly dryRun: boolean;
  /** A file with the values of the secrets, where one was named. */
  readonly secretsFile: string | undefined;
}

/** Builds and uploads an app, and says on standard output what it did. */
export async function runDeploy(request: DeployRequest): Promise<void> {
  const files = await openAppFolder(request.folder);
  await deployApp(files, {
    folder: join(files.path, ".zonekit", "deploy"),
    dryRun: request.dryRun,
    secretsFile: await secretsPath(request.secretsFile),
    say: (line) => console.log(line),
  });
}

async function secretsPath(
  file: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const info = await Deno.stat(file).catch(() => null);
  if (info?.isFile) return resolve(file);
  throw new DeployError({
    code: "missing-file",
    doing: "read the secrets",
    path: file,
    found: `there is no file "${file}"`,
    wanted: "a file with a line NAME=value for each",
  });
}
