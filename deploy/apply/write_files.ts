import { dirname, join } from "node:path";
import type { PlannedFile } from "../plan/plan_deployment.ts";

/** Writes planned files below a folder. */
export async function writeFiles(
  folder: string,
  files: readonly PlannedFile[],
): Promise<void> {
  for (const { path, text } of files) {
    const target = join(folder, path);
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeTextFile(target, text);
  }
}
