/**
 * Every message of the protocol as one union, with a total decoder: any bytes
 * give a message or a `DecodeError`.
 *
 * @module
 */

import { decodeDownward, type Downward, encodeDownward } from "./downward.ts";
import { encodeUpward, isUpward, readUpward, type Upward } from "./upward.ts";

/** Any message. */
export type Message = Upward | Downward;

/** The bytes of a message. */
export function encodeMessage(message: Message): Uint8Array {
  return isUpward(message) ? encodeUpward(message) : encodeDownward(message);
}

/** The message of some bytes. Throws `DecodeError` for any others. */
export function decodeMessage(bytes: Uint8Array): Message {
  return decodeDownward(bytes, readUpward);
}
