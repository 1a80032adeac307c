/**
 * A digest of keys, by which the two ends of a link notice that they hold
 * different rows. Order does not matter: it is a sum of hashes.
 *
 * @module
 */

import { hash32 } from "../codec/hash.ts";
import type { AnyCrdt } from "../crdt/contract.ts";
import type { StoredRow } from "../ports/rows.ts";
import { decodeRow } from "./row_body.ts";

/** What stands behind a key at which a row of `init` is hidden. */
const HIDDEN = "\0";

/** The digest of what rows show and hide; 0 for nothing. */
export function digestOf(
  rows: Iterable<StoredRow>,
  crdt: AnyCrdt,
  initRows: ReadonlyMap<string, unknown>,
): number {
  let digest = 0;
  for (const { key, body } of rows) {
    const isLive = crdt.isLive(decodeRow(crdt, body));
    if (!isLive && !initRows.has(key)) continue;
    digest = (digest + hash32(isLive ? key : key + HIDDEN)) >>> 0;
  }
  return digest;
}
