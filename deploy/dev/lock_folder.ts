import { join } from "node:path";
import { DeployError } from "../deploy_error.ts";

/**
 * Makes a folder and takes it for this process: two workerds over the same
 * data would spoil it. The system gives it back when the process ends.
 */
export async function lockFolder(folder: string): Promise<Disposable> {
  await Deno.mkdir(folder, { recursive: true });
  const file = await Deno.open(join(folder, "lock"), {
    create: true,
    write: true,
  });
  if (await file.tryLock(true)) return file;
  file.close();
  throw new DeployError({
    code: "folder-in-use",
    doing: "start",
    path: folder,
    found: `the app runs already, from ${folder}`,
    wanted: "that run ended first",
  });
}
