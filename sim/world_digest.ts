/**
 * A world's end in a few digits.
 *
 * @module
 */

import { hashHex } from "../shared/codec/hash.ts";
import { encodeValue } from "../shared/codec/value.ts";
import type { World } from "./world.ts";

/** When it is, after how many steps, and which rows last: in 16 hex digits. */
export function worldDigest(world: World): string {
  const hosts = [
    world.master,
    ...[...world.clients.values()].map((c) => c.host),
  ];
  const rows = hosts.map(({ name, rows }) => [
    name,
    rows.snapshot().map(({ path, key, seq, body }) => [path, key, seq, body]),
  ]);
  return hashHex(encodeValue([world.events, world.agenda.nowMs, rows]));
}
