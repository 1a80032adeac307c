import { brotliCompressSync, constants } from "node:zlib";
import { assert } from "@std/assert";
import { join } from "node:path";
import { openAppFolder } from "../../deploy/app/app_folder.ts";
import { absoluteImports } from "../../deploy/build/absolute_imports.ts";
import { buildApp } from "../../deploy/build/build_app.ts";
import { BUNDLES } from "../../deploy/plan/layout.ts";

/** What the client zone is to weigh. */
const BYTES_AIM = 15_360;
/** What it weighs, to the next hundred: it never grows unnoticed. */
const BYTES_MAX = 19_100;

const SPEC = new URL("./notes_app.ts", import.meta.url);
const CLIENT = new URL("../../zones/client/mod.ts", import.meta.url);

/** An app without a page: what its client bundle weighs is the kit. */
async function filesOfApp(): Promise<Record<string, string>> {
  const spec = absoluteImports(await Deno.readTextFile(SPEC), SPEC);
  return {
    "app.ts": `${spec}\nexport default app;\n`,
    "page.ts": `import { openClient } from ${JSON.stringify(CLIENT.href)};
import app from "./app.ts";
await openClient(app, { user: "ann", space: "home", token: () => "ann" });
`,
    "server.ts": "export default {};\n",
    "db.ts": "export default {};\n",
    "index.html": `<script type="module" src="page.ts"></script>\n`,
  };
}

Deno.test(`the client zone without a page is at most ${BYTES_MAX} bytes`, async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(await filesOfApp())) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    const build = join(folder, ".zonekit");
    const app = await openAppFolder(folder);
    await buildApp(app, build, { sourceMaps: false });
    const page = await Deno.readFile(join(build, BUNDLES.client));
    const { length } = brotliCompressSync(page, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    });
    console.log(
      `${length} bytes, of ${page.length} before brotli; aim ${BYTES_AIM}`,
    );
    assert(length <= BYTES_MAX, `${length} bytes, want ${BYTES_MAX} at most`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
