/**
 * Builds an app and brings it to the edge platform, or to its doorstep.
 *
 * @module
 */

import { join } from "node:path";
import type { AppFolder } from "../app/app_folder.ts";
import { buildApp } from "../build/build_app.ts";
import { DeployError } from "../deploy_error.ts";
import { BUNDLES } from "../plan/layout.ts";
import {
  type DeploymentPlan,
  planDeployment,
  type Upload,
} from "../plan/plan_deployment.ts";
import { sizeOf, sizeText } from "./bundle_size.ts";
import { dryRun, isDeployed, isLoggedIn, upload } from "./wrangler.ts";
import { writeFiles } from "./write_files.ts";

/** How to deploy. */
export interface DeployOptions {
  /** The folder to build in. */
  readonly folder: string;
  /** Whether to stop before the upload. */
  readonly dryRun: boolean;
  /** A file with a line `NAME=value` a secret, as an absolute path. */
  readonly secretsFile: string | undefined;
  /** Takes a line of what was done. */
  readonly say: (line: string) => void;
}

/** Builds, writes the configuration, and uploads or goes through it. */
export async function deployApp(
  files: AppFolder,
  options: DeployOptions,
): Promise<void> {
  const { folder, say } = options;
  const plan = planDeployment(files.name);
  await buildApp(files, folder, { sourceMaps: false });
  await writeFiles(folder, plan.files);
  for (const path of Object.values(BUNDLES)) {
    say(`${path}: ${sizeText(await sizeOf(join(folder, path)))}`);
  }
  if (options.dryRun) return await goThrough(plan, options);
  for (const { config, secrets } of await uploadsToMake(plan, options)) {
    const secretsFile = secrets.length > 0 ? options.secretsFile : undefined;
    say(await upload(folder, config, secretsFile));
  }
}

async function goThrough(
  plan: DeploymentPlan,
  { folder, say }: DeployOptions,
): Promise<void> {
  const reports = await Promise.all(
    plan.uploads.map(({ config }) => dryRun(folder, config)),
  );
  for (const [index, { config }] of plan.uploads.entries()) {
    say(`\n${join(folder, config)}\n${reports[index]}`);
  }
  say(`\nfirst deployment: ${orderOf(plan.firstUploads)}`);
  say(`every later one: ${orderOf(plan.uploads)}`);
}

function orderOf(uploads: readonly Upload[]): string {
  return uploads.map(({ config }) => config).join(", ");
}

/** Refuses, before anything is uploaded, what could not be uploaded whole. */
async function uploadsToMake(
  plan: DeploymentPlan,
  options: DeployOptions,
): Promise<readonly Upload[]> {
  if (!await isLoggedIn(options.folder)) {
    throw new DeployError({
      code: "no-login",
      doing: "deploy",
      path: "CLOUDFLARE_API_TOKEN",
      found: "nobody is logged in to Cloudflare",
      wanted: "a token in CLOUDFLARE_API_TOKEN, or " +
        "`npx -y deno@2 task --eval 'wrangler login'` first",
    });
  }
  const areThere = await Promise.all(
    plan.uploads.map(({ script }) => isDeployed(options.folder, script)),
  );
  if (areThere.every(Boolean)) return plan.uploads;
  requireSecrets(plan.firstUploads, options.secretsFile);
  return plan.firstUploads;
}

/** A script that is not there yet has no secrets, and is not let in without. */
function requireSecrets(
  uploads: readonly Upload[],
  secretsFile: string | undefined,
): void {
  const names = uploads.flatMap(({ secrets }) => secrets);
  if (secretsFile !== undefined || names.length === 0) return;
  throw new DeployError({
    code: "no-secrets",
    doing: "deploy for the first time",
    path: "--secrets-file",
    found: `the values of ${names.join(" and ")} are nowhere`,
    wanted: "--secrets-file FILE with a line NAME=value for each",
  });
}
