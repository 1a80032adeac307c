/**
 * A digest of a set of keys, by which the two ends of a link notice that they
 * hold different ones. Order does not matter: it is a sum of hashes.
 *
 * @module
 */

import { hash32 } from "../codec/hash.ts";

/** The digest of some keys; 0 for none. */
export function digestOfKeys(keys: Iterable<string>): number {
  let digest = 0;
  for (const key of keys) digest = (digest + hash32(key)) >>> 0;
  return digest;
}
