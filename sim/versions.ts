/**
 * Frames between nodes of two versions of the protocol: all that the older and
 * the newer one are sure to have in common is where a hello says its version.
 *
 * @module
 */

import { decodeMessage, encodeMessage } from "../shared/protocol/message.ts";
import type { Roster } from "./roster.ts";

/** A frame as a node of a version reads what a node of another has sent. */
export function inVersion(
  roster: Roster,
  from: string,
  to: string,
  bytes: Uint8Array,
): Uint8Array {
  const apart = roster.protocolOf(from) - roster.protocolOf(to);
  if (apart === 0) return bytes;
  const message = decodeMessage(bytes);
  if (message.type !== "hello") return bytes;
  const protocol = message.protocol + apart;
  return encodeMessage({ ...message, protocol });
}
