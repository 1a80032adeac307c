/**
 * Whom claims are about.
 *
 * @module
 */

/** The subject of some claims: `sub`, else `user_id`; `undefined` for none. */
export function subjectOf(claims: unknown): unknown {
  if (typeof claims !== "object" || claims === null) return undefined;
  if ("sub" in claims) return claims.sub;
  return "user_id" in claims ? claims.user_id : undefined;
}
