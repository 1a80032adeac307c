/**
 * The answer to a hello.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";

/** The link stands: who the consumer is taken for, which history, what time it is. */
export interface Welcome {
  /** Which message this is. */
  readonly type: "welcome";
  /** The number of the hello that is answered. */
  readonly link: number;
  /** The identity of the master's history. */
  readonly epoch: string;
  /** The master's time, in milliseconds. */
  readonly timeMs: number;
  /** The verified claims of the session; `undefined` between nodes of the kit. */
  readonly claims: unknown;
}

/** Writes the fields of a welcome. */
export function writeWelcome(writer: Writer, welcome: Welcome): void {
  writer.uint(welcome.link);
  writer.string(welcome.epoch);
  writer.uint(welcome.timeMs);
  writer.value(welcome.claims);
}

/** Reads what `writeWelcome` wrote. */
export function readWelcome(reader: Reader): Welcome {
  return {
    type: "welcome",
    link: reader.uint(),
    epoch: reader.string(64),
    timeMs: reader.uint(),
    claims: reader.value(),
  };
}
