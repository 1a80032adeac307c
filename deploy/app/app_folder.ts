/**
 * An app folder: what the developer writes, found and named.
 *
 * @module
 */

import { basename, join } from "node:path";
import { DeployError } from "../deploy_error.ts";

/** The files of an app, as absolute paths. */
export interface AppFolder {
  /** The folder itself, with no links in it. */
  readonly path: string;
  /** A name that the edge platform takes, from the folder's own. */
  readonly name: string;
  /** The spec: `app.ts`. */
  readonly spec: string;
  /** The entry of the edge worker and the server node object: `server.ts`. */
  readonly server: string;
  /** The entry of the master object: `db.ts`. */
  readonly db: string;
  /** The entry of the browser: `page.tsx` or `page.ts`. */
  readonly page: string;
  /** The document that loads the page. */
  readonly html: string;
}

/** Scripts are called `<name>-server`, and a script's name has 63 characters. */
const NAME_LENGTH_MAX = 63 - "-server".length;

/** Finds the files of an app; throws a `DeployError` for the first missing one. */
export async function openAppFolder(folder: string): Promise<AppFolder> {
  const path = await realFolder(folder);
  return {
    path,
    name: scriptNameOf(basename(path)),
    spec: await findFile(path, ["app.ts"]),
    server: await findFile(path, ["server.ts"]),
    db: await findFile(path, ["db.ts"]),
    page: await findFile(path, ["page.tsx", "page.ts"]),
    html: await findFile(path, ["index.html"]),
  };
}

/** Turns a folder's name into one that the edge platform takes. */
export function scriptNameOf(folderName: string): string {
  const name = folderName.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, NAME_LENGTH_MAX).replaceAll(/^-+|-+$/g, "");
  if (name !== "") return name;
  throw new DeployError({
    code: "bad-name",
    doing: "name the scripts",
    path: folderName,
    found: `the folder is called "${folderName}"`,
    wanted: "a name with letters or digits",
  });
}

async function realFolder(folder: string): Promise<string> {
  const path = await Deno.realPath(folder).catch(() => null);
  if (path !== null && (await Deno.stat(path)).isDirectory) return path;
  throw new DeployError({
    code: "missing-folder",
    doing: "open the app",
    path: folder,
    found: `there is no folder "${folder}"`,
    wanted: "a folder with app.ts, server.ts, db.ts, page.ts and index.html",
  });
}

async function findFile(
  folder: string,
  names: readonly string[],
): Promise<string> {
  for (const name of names) {
    const path = join(folder, name);
    const info = await Deno.stat(path).catch(() => null);
    if (info?.isFile) return path;
  }
  throw new DeployError({
    code: "missing-file",
    doing: "open the app",
    path: join(folder, names[0] ?? ""),
    found: `there is no ${names.join(" or ")} in "${folder}"`,
    wanted: "app.ts, server.ts, db.ts, page.ts or page.tsx, and index.html",
  });
}
