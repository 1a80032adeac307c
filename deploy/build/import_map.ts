/**
 * The import map that a bundle is made with: the one of the app's workspace,
 * and one address more, which puts the split spec in the place of `app.ts`.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DeployError, oneLineOf } from "../deploy_error.ts";

/** Names and what they mean. */
export type Imports = Readonly<Record<string, string>>;

/** An import map, as the web platform has it. */
export interface ImportMap {
  /** What a name means everywhere. */
  readonly imports: Imports;
  /** What it means in a folder. */
  readonly scopes: Readonly<Record<string, Imports>>;
}

/** The configuration that an app is bundled under. */
export interface Workspace {
  /** The `deno.json` that the bundler reads. */
  readonly config: string;
  /** The import map of all `deno.json` files that hold for the app. */
  readonly importMap: ImportMap;
}

/** The kit's own configuration, for an app that has none. */
const KIT_CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** Reads the configuration that holds for a folder: the nearest and its root. */
export async function readWorkspace(folder: string): Promise<Workspace> {
  const found: { path: string; imports: Imports }[] = [];
  for (const path of [...configPathsAbove(folder), KIT_CONFIG]) {
    const config = await readConfig(path);
    if (!config) continue;
    found.push({ path, imports: importsOf(config, path) });
    if ("workspace" in config) break;
  }
  const root = found.at(-1);
  const members = found.slice(0, -1).map(({ path, imports }) =>
    [pathToFileURL(dirname(path)).href + "/", imports] as const
  );
  return {
    config: found[0]?.path ?? KIT_CONFIG,
    importMap: {
      imports: { ...await readKitMembers(), ...root?.imports },
      scopes: Object.fromEntries(members),
    },
  };
}

/** The kit's own packages, which an app outside of its workspace lacks. */
async function readKitMembers(): Promise<Imports> {
  const kit = await readConfig(KIT_CONFIG);
  const folders = kit && "workspace" in kit ? kit.workspace : null;
  const members: [string, string][] = [];
  for (const folder of Array.isArray(folders) ? folders : []) {
    const path = join(dirname(KIT_CONFIG), String(folder), "deno.json");
    const config = await readConfig(path);
    if (!config || !("name" in config) || !("exports" in config)) continue;
    const entry = new URL(String(config.exports), pathToFileURL(path));
    members.push([String(config.name), entry.href]);
  }
  return Object.fromEntries(members);
}

/**
 * The map with one module in the place of another. In the other one's folder
 * names mean what they mean in its own.
 */
export function redirect(map: ImportMap, from: string, to: string): ImportMap {
  const fromUrl = pathToFileURL(from).href;
  const toUrl = pathToFileURL(to).href;
  const scopes = Object.entries(map.scopes);
  const own = scopes.filter(([folder]) => fromUrl.startsWith(folder))
    .map(([, imports]) => imports);
  return {
    imports: { ...map.imports, [fromUrl]: toUrl },
    scopes: {
      ...map.scopes,
      [new URL(".", toUrl).href]: Object.assign({}, ...own.reverse()),
    },
  };
}

function configPathsAbove(folder: string): string[] {
  const above = dirname(folder);
  const here = join(folder, "deno.json");
  return above === folder ? [here] : [here, ...configPathsAbove(above)];
}

async function readConfig(path: string): Promise<object | null> {
  const text = await Deno.readTextFile(path).catch(() => null);
  if (text === null) return null;
  try {
    const config: unknown = JSON.parse(text);
    if (typeof config === "object" && config !== null) return config;
    throw new Error("it holds no object");
  } catch (error) {
    throw new DeployError({
      code: "bad-config",
      doing: `read ${path}`,
      path,
      found: oneLineOf(error),
      wanted: "JSON without comments",
    });
  }
}

function importsOf(config: object, path: string): Imports {
  const imports = "imports" in config ? config.imports : null;
  if (typeof imports !== "object" || imports === null) return {};
  const entries = Object.entries(imports).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(
    entries.map(([name, target]): [string, string] => [
      name,
      // The map is written elsewhere, where a relative path means another file.
      /^\.{0,2}\//.test(target)
        ? new URL(target, pathToFileURL(path)).href
        : target,
    ]).flatMap(withSubpaths),
  );
}

/** In `deno.json` a package's name brings its subpaths; in a map it does not. */
function withSubpaths([name, target]: [string, string]): [string, string][] {
  const [, scheme, rest] = /^(npm|jsr):\/?(.+)$/.exec(target) ?? [];
  if (!scheme || name.endsWith("/")) return [[name, target]];
  return [[name, target], [`${name}/`, `${scheme}:/${rest}/`]];
}
