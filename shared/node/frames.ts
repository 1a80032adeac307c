/**
 * Reading a frame that came from outside: every byte of it is hostile.
 *
 * @module
 */

import { DecodeError } from "../codec/decode_error.ts";
import type { Fault } from "../protocol/codes.ts";
import { MESSAGE_BYTES_MAX } from "../protocol/limits.ts";
import { encodeDownward } from "../protocol/downward.ts";
import { PROTOCOL_VERSION } from "../protocol/version.ts";

/** The message that `decode` makes of a frame, or why it is none. */
export function readFrame<Message>(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Message,
  bytesMax: number = MESSAGE_BYTES_MAX,
): Message | { readonly type: "fault"; readonly fault: Fault } {
  if (bytes.length > bytesMax) {
    return fault("too-large", `${bytes.length} bytes`, `at most ${bytesMax}`);
  }
  try {
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return fault("malformed", error.message, "a message of this protocol");
  }
}

function fault(code: Fault["code"], found: string, wanted: string) {
  return {
    type: "fault",
    fault: { code, path: "frame", found, wanted },
  } as const;
}

/** The bytes of a refusal. */
export function refusalFrame(refused: Fault): Uint8Array {
  return encodeDownward({ type: "refusal", fault: refused });
}

/** Why two ends cannot work together, or `null`. */
export function disagreement(
  hello: { readonly protocol: number; readonly specHash: string },
  specHash: string,
): Fault | null {
  if (hello.protocol !== PROTOCOL_VERSION) {
    return {
      code: "protocol-version",
      path: "hello.protocol",
      found: String(hello.protocol),
      wanted: String(PROTOCOL_VERSION),
    };
  }
  if (hello.specHash === specHash) return null;
  return {
    code: "spec-mismatch",
    path: "hello.specHash",
    found: hello.specHash,
    wanted: specHash,
  };
}
