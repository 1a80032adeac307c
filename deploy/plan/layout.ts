/**
 * Where things lie below the folder of a build, as paths with slashes.
 *
 * @module
 */

/** The folder of what browsers are given. */
export const ASSETS = "client";

/** The name of the page's bundle in it, which the document loads. */
export const PAGE_BUNDLE = "page.js";

/** Each target's bundle. */
export const BUNDLES = {
  client: `${ASSETS}/${PAGE_BUNDLE}`,
  server: "server/worker.js",
  db: "db/worker.js",
} as const;
