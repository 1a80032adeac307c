/**
 * The command line of the kit: `dev` runs an app on this machine, `deploy`
 * uploads it, `check` tells what depends on what. A fault of the caller is one
 * line on standard error and exit 1.
 *
 * @module
 */

import { parseCommand, USAGE } from "./cli/command.ts";
import { defaultFolder } from "./cli/default_folder.ts";
import { DeployError } from "./deploy_error.ts";

async function main(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  if (command.name === "help") return console.log(USAGE.trimEnd());
  const folder = command.folder ?? await defaultFolder();
  // Each command brings what the other does not need, such as a runtime.
  if (command.name === "dev") {
    const { runDev } = await import("./cli/run_dev.ts");
    return await runDev({ ...command, folder });
  }
  if (command.name === "check") {
    const { runCheck } = await import("./cli/run_check.ts");
    return await runCheck(folder);
  }
  const { runDeploy } = await import("./cli/run_deploy.ts");
  return await runDeploy({ ...command, folder });
}

try {
  await main(Deno.args);
  Deno.exit(0);
} catch (error) {
  if (!(error instanceof DeployError)) throw error;
  console.error(error.message);
  if (error.detail !== "") console.error(error.detail);
  Deno.exit(1);
}
