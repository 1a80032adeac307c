/**
 * A fault on the wire, inside verdicts, pushes and refusals.
 *
 * @module
 */

import { decodeError } from "../codec/decode_error.ts";
import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import { codeOfNumber, type Fault, numberOfCode } from "./codes.ts";

const TEXT_BYTES_MAX = 1_024;

function clip(text: string): string {
  return text.toWellFormed().slice(0, TEXT_BYTES_MAX / 4);
}

/** Writes a fault; long texts are cut. */
export function writeFault(writer: Writer, fault: Fault): void {
  writer.uint(numberOfCode(fault.code));
  writer.string(clip(fault.path));
  writer.string(clip(fault.found));
  writer.string(clip(fault.wanted));
}

/** Reads what `writeFault` wrote. */
export function readFault(reader: Reader): Fault {
  const at = reader.at;
  const number = reader.uint();
  const code = codeOfNumber(number);
  if (!code) throw decodeError(at, `code ${number}`, "a known code");
  return {
    code,
    path: reader.string(TEXT_BYTES_MAX),
    found: reader.string(TEXT_BYTES_MAX),
    wanted: reader.string(TEXT_BYTES_MAX),
  };
}
