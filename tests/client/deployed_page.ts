import { join } from "node:path";
import { openAppFolder } from "../../deploy/app/app_folder.ts";
import { absoluteImports } from "../../deploy/build/absolute_imports.ts";
import { buildApp } from "../../deploy/build/build_app.ts";
import { BUNDLES } from "../../deploy/plan/layout.ts";

const SPEC = new URL("./notes_app.ts", import.meta.url);

/** The script of a page over the notes app, exactly as it is deployed. */
export async function deployedPage(pageUrl: URL): Promise<string> {
  const spec = absoluteImports(await Deno.readTextFile(SPEC), SPEC);
  const page = absoluteImports(await Deno.readTextFile(pageUrl), pageUrl);
  const files = {
    "app.ts": `${spec}\nexport default app;\n`,
    "page.ts": page.replace(SPEC.href, "./app.ts"),
    "server.ts": "export default {};\n",
    "db.ts": "export default {};\n",
    "index.html": `<script type="module" src="page.ts"></script>\n`,
  };
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    const build = join(folder, ".zonekit");
    const app = await openAppFolder(folder);
    await buildApp(app, build, { sourceMaps: false });
    return await Deno.readTextFile(join(build, BUNDLES.client));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
