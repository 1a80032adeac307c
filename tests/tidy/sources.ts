/**
 * The repository as the tidy tests see it: its texts, and which file uses
 * which.
 *
 * @module
 */

import { repositoryPath, resolveImport, ROOT } from "./repository.ts";

/** Folders that are generated, or hold what generators gave. */
const SKIPPED = /^(\.|node_modules$|coverage$|dist$|golden$)/;

const CODE = /\.(ts|tsx|mts|js|jsx|mjs)$/;
const PROSE = /\.(md|css|html)$/;

/** Says whether a path is one of a module. */
export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** Returns every text of the repository that a person wrote, by its path. */
export async function readTexts(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  async function walk(folder: string) {
    for await (const entry of Deno.readDir(new URL(folder || ".", ROOT))) {
      const path = folder + entry.name;
      if (entry.isDirectory && !SKIPPED.test(entry.name)) {
        await walk(path + "/");
      } else if (entry.isFile && (CODE.test(path) || PROSE.test(path))) {
        texts.set(path, await Deno.readTextFile(new URL(path, ROOT)));
      }
    }
  }
  await walk("");
  return texts;
}

const STATIC = /^(?:import|export)\b[^"';]*"([^"]+)";$/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)",?\s*\)/g;
const BY_ADDRESS = /"(\.[^"]+)",\s*import\.meta\.url\b/g;

/**
 * Returns the files that the module at `path` uses: what it imports, types
 * included, and what it starts by address, such as a worker.
 */
export function usedBy(
  path: string,
  text: string,
): { readonly imports: readonly string[]; readonly starts: readonly string[] } {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  const named = (pattern: RegExp) =>
    [...code.matchAll(pattern)].map((match) => match[1] ?? "");
  return {
    imports: [...named(STATIC), ...named(DYNAMIC)]
      .flatMap((specifier) => resolveImport(path, specifier) ?? []),
    starts: named(BY_ADDRESS).flatMap((relative) =>
      repositoryPath(new URL(relative, new URL(path, ROOT))) ?? []
    ),
  };
}
