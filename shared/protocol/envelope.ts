/**
 * The envelope of a frame between nodes of the kit. A deploy leaves old code
 * running beside new, so the version stands in front of every frame, where no
 * version of the kit will ever move it.
 *
 * @module
 */

import { DecodeError } from "../codec/decode_error.ts";
import { Reader } from "../codec/reader.ts";
import { bytesOf } from "../codec/writer.ts";
import { refuse } from "./fault_error.ts";
import { PROTOCOL_VERSION } from "./version.ts";

/** A frame in its envelope. */
export function sealFrame(frame: Uint8Array): Uint8Array {
  return bytesOf((writer) => {
    writer.uint(PROTOCOL_VERSION);
    writer.raw(frame);
  });
}

/** The frame in an envelope; throws `FaultError` for another version's. */
export function openFrame(sealed: Uint8Array): Uint8Array {
  const reader = new Reader(sealed);
  const version = readVersion(reader);
  if (version !== PROTOCOL_VERSION) {
    const [found, wanted] = [String(version ?? "none"), `${PROTOCOL_VERSION}`];
    refuse("protocol-version", "envelope", found, wanted);
  }
  return reader.rest;
}

function readVersion(reader: Reader): number | null {
  try {
    return reader.uint();
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
