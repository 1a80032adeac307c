/**
 * The platform's own command line, run as a child.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Finished, runDeno } from "../build/run_deno.ts";
import { DeployError } from "../deploy_error.ts";

/** Nothing of a build is told to anybody, and nothing waits for an answer. */
const QUIET = {
  CI: "1",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
};

/** A dry run needs no network, and must not try. */
const OFFLINE = { ...QUIET, CLOUDFLARE_CF_FETCH_ENABLED: "false" };

/** What the platform answers when a script is not there. */
const NO_SUCH_SCRIPT = "[code: 10007]";

/** Goes through an upload without one; returns what wrangler says of it. */
export async function dryRun(folder: string, config: string): Promise<string> {
  const args = ["deploy", "--dry-run", "--config", config];
  return succeeded(config, await run(args, folder, OFFLINE));
}

/** Uploads a script; returns what wrangler says of it. */
export async function upload(
  folder: string,
  config: string,
  secretsFile: string | undefined,
): Promise<string> {
  const secrets = secretsFile ? ["--secrets-file", secretsFile] : [];
  const args = ["deploy", "--config", config, ...secrets];
  return succeeded(config, await run(args, folder, QUIET));
}

/** Says whether somebody is logged in to the platform. */
export async function isLoggedIn(folder: string): Promise<boolean> {
  if (Deno.env.get("CLOUDFLARE_API_TOKEN")) return true;
  const { success } = await run(["whoami", "--json"], folder, QUIET);
  return success;
}

/** Says whether the platform has a script of that name. */
export async function isDeployed(
  folder: string,
  script: string,
): Promise<boolean> {
  const args = ["deployments", "list", "--name", script, "--json"];
  const finished = await run(args, folder, QUIET);
  if (!finished.success && outputOf(finished).includes(NO_SUCH_SCRIPT)) {
    return false;
  }
  succeeded(script, finished);
  return true;
}

async function run(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Finished> {
  const wrangler = fileURLToPath(import.meta.resolve("wrangler"));
  return await runDeno(["run", "-A", wrangler, ...args], { env, folder });
}

function succeeded(subject: string, finished: Finished): string {
  if (finished.success) return finished.stdout.trim();
  const detail = outputOf(finished).trim();
  const reason = /\[?ERROR\]?\s*(.*)/.exec(detail)?.[1];
  throw new DeployError({
    code: "wrangler-failed",
    doing: `run wrangler for ${subject}`,
    path: subject,
    found: reason ?? "it failed",
    detail,
  });
}

/** What a child wrote, without the codes that colour it. */
function outputOf({ stdout, stderr }: Finished): string {
  return stripVTControlCharacters(`${stdout}\n${stderr}`);
}
