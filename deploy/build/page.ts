/**
 * What the browser is given: the document, the page's bundle, and the files
 * that are served as they are.
 *
 * @module
 */

import { basename, join } from "node:path";
import type { AppFolder } from "../app/app_folder.ts";
import { DeployError } from "../deploy_error.ts";
import { PAGE_BUNDLE } from "../plan/layout.ts";

/**
 * Writes the document into `assets`, beside what lies in `public/` and
 * `style.css`. The document may name the page's source or its bundle.
 */
export async function writeAssets(
  app: AppFolder,
  assets: string,
): Promise<void> {
  await Deno.mkdir(assets, { recursive: true });
  await copyFolder(join(app.path, "public"), assets);
  await copyFile(join(app.path, "style.css"), join(assets, "style.css"));
  const html = await Deno.readTextFile(app.html);
  await Deno.writeTextFile(
    join(assets, "index.html"),
    loadBundle(html, basename(app.page)),
  );
}

/** Makes the document load the bundle; one that loads no page is refused. */
export function loadBundle(html: string, pageName: string): string {
  const source = /(<script\b[^>]*\bsrc=)(["']?)(?:\.?\/)?([\w.]+)\2/g;
  let isLoaded = false;
  const loading = html.replaceAll(
    source,
    (tag: string, before: string, quote: string, name: string) => {
      if (name !== pageName && name !== PAGE_BUNDLE) return tag;
      isLoaded = true;
      return `${before}${quote}/${PAGE_BUNDLE}${quote}`;
    },
  );
  if (isLoaded) return loading;
  throw new DeployError({
    code: "page-not-loaded",
    doing: "build the page",
    path: "index.html",
    found: "index.html does not load it",
    wanted: `<script type="module" src="/${PAGE_BUNDLE}"></script>`,
  });
}

async function copyFolder(from: string, to: string): Promise<void> {
  const info = await Deno.stat(from).catch(() => null);
  if (!info?.isDirectory) return;
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const copy = isDirectory ? copyFolder : copyFile;
    await copy(join(from, name), join(to, name));
  }
}

async function copyFile(from: string, to: string): Promise<void> {
  const info = await Deno.stat(from).catch(() => null);
  if (info?.isFile) await Deno.copyFile(from, to);
}
