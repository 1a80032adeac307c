import { join } from "node:path";
import { openAppFolder } from "../app/app_folder.ts";
import { readWorkspace } from "../build/import_map.ts";
import { loadApp } from "../build/load_app.ts";
import { diagramOf } from "../check/diagram.ts";
import { reportOf } from "../check/report.ts";

/** Prints what an app's vars depend on, and writes it down as a diagram. */
export async function runCheck(folder: string): Promise<void> {
  const files = await openAppFolder(folder);
  const output = join(files.path, ".zonekit", "check");
  await Deno.mkdir(output, { recursive: true });
  const workspace = await readWorkspace(files.path);
  const app = await loadApp(files.spec, join(output, "app.js"), workspace);
  const diagram = join(output, "graph.mmd");
  await Deno.writeTextFile(diagram, diagramOf(app));
  console.log(reportOf(app));
  console.log(`diagram: ${diagram}`);
}
