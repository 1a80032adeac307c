/**
 * What the page and its files are served with.
 *
 * @module
 */

/** The page's own origin, and no other; a socket to it counts as itself. */
export const POLICY_OF_PAGE = [
  "default-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join("; ");

/** An asset with the headers that protect the page, and keep it fresh. */
export function pageResponse(
  asset: Response,
  policy: string,
): Response {
  const response = new Response(asset.body, asset);
  const { headers } = response;
  headers.set("Content-Security-Policy", policy);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("X-Content-Type-Options", "nosniff");
  // Kept, and asked for again by its ETag each time: a deploy shows at once.
  headers.set("Cache-Control", "no-cache");
  return response;
}
