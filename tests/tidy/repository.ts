/**
 * Where the repository stands, and which of its files an import means.
 *
 * @module
 */

/** The root folder of the repository. */
export const ROOT: URL = new URL("../../", import.meta.url);

/** Returns a file's path from the root, or `undefined` outside of it. */
export function repositoryPath(url: URL): string | undefined {
  return url.href.startsWith(ROOT.href)
    ? decodeURIComponent(url.href.slice(ROOT.href.length))
    : undefined;
}

/**
 * Returns the file of the repository that `specifier` means in the file at
 * `path`, or `undefined` when it means a package.
 */
export function resolveImport(
  path: string,
  specifier: string,
): string | undefined {
  if (specifier.startsWith(".")) {
    return repositoryPath(new URL(specifier, new URL(path, ROOT)));
  }
  if (!specifier.startsWith("@zonekit/")) return undefined;
  return repositoryPath(new URL(import.meta.resolve(specifier)));
}

/** Returns the path from the root of a file that `deno lint` names. */
export function lintedPath(filename: string): string {
  return filename.startsWith(ROOT.pathname)
    ? filename.slice(ROOT.pathname.length)
    : filename;
}
