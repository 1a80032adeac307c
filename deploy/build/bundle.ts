/**
 * One file out of many, by `deno bundle`.
 *
 * @module
 */

import { basename, dirname, resolve } from "node:path";
import { DeployError } from "../deploy_error.ts";
import type { ImportMap } from "./import_map.ts";
import { runDeno } from "./run_deno.ts";

/** What to bundle, and how. */
export interface BundleRequest {
  /** The module to begin with. */
  readonly entry: string;
  /** The file to write. */
  readonly output: string;
  /** Where it will run; a worker counts as a browser. */
  readonly platform: "browser" | "deno";
  /** Whether to make it small. */
  readonly minify: boolean;
  /** The `deno.json` to work under. */
  readonly config: string;
  /** What the names in it mean. */
  readonly importMap: ImportMap;
}

/**
 * Writes one module with all that `entry` imports, and its source map beside
 * it. Returns the files that gave something to it, as absolute paths. What the
 * bundler refuses is a `DeployError` with the bundler's own words.
 */
export async function bundle(request: BundleRequest): Promise<string[]> {
  const { entry, output } = request;
  const importMapPath = `${output}.import_map.json`;
  await Deno.mkdir(dirname(output), { recursive: true });
  await Deno.writeTextFile(importMapPath, JSON.stringify(request.importMap));
  const { success, stderr } = await runDeno([
    "bundle",
    "--quiet",
    ...["--config", request.config],
    ...["--import-map", importMapPath],
    ...["--platform", request.platform],
    ...["--external", "cloudflare:workers"],
    ...["--sourcemap", "external"],
    ...(request.minify ? ["--minify"] : []),
    ...["--output", output],
    entry,
  ]);
  await Deno.remove(importMapPath);
  if (!success) throw bundlingRefused(entry, stderr);
  return await sourcesOf(output);
}

/** The file beside a bundle that leads back to its sources. */
export function sourceMapOf(output: string): string {
  return `${output}.map`;
}

async function sourcesOf(output: string): Promise<string[]> {
  const map = sourceMapOf(output);
  const { sources } = JSON.parse(await Deno.readTextFile(map)) as {
    sources: string[];
  };
  return sources.map((source) => resolve(dirname(output), source));
}

function bundlingRefused(entry: string, stderr: string): DeployError {
  const detail = (stderr.split("\nStack backtrace:")[0] ?? "")
    .replace(/\nerror: bundling failed\s*$/, "").trim();
  const reason = /^error: (.*)$/m.exec(detail)?.[1] ?? detail;
  const position = /^\s+at (?:file:\/\/)?(.*)$/m.exec(detail)?.[1];
  return new DeployError({
    code: "bundle-failed",
    doing: `bundle ${basename(entry)}`,
    path: entry,
    found: position ? `${reason} at ${position}` : reason,
    detail,
  });
}
