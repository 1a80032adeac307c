import type { Sent } from "@zonekit/laws";

/** Says whether the author of a message knew of another one, of its own or through others. */
export function knows<M>(one: Sent<M>, other: Sent<M>): boolean {
  return one.seen.has(other) ||
    [...one.seen].some((between) => knows(between, other));
}
