/**
 * The first message of a link: who asks, in which version, for what.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import { ID_LENGTH_MAX, WANTS_MAX } from "./limits.ts";
import { readWant, type Want, writeWant } from "./want.ts";

/** Opens a link, or begins it again: the producer forgets what came before. */
export interface Hello {
  /** Which message this is. */
  readonly type: "hello";
  /** The version of the protocol. */
  readonly protocol: number;
  /** The hash of the spec. */
  readonly specHash: string;
  /** The consumer's node id. */
  readonly node: string;
  /** The link's number: greater than that of every earlier hello of this node. */
  readonly link: number;
  /** The greatest seq the consumer was sent; a producer behind it waits. */
  readonly seen: number;
  /** All that is wanted. */
  readonly wants: readonly Want[];
}

/** Writes the fields of a hello. */
export function writeHello(writer: Writer, hello: Hello): void {
  writer.uint(hello.protocol);
  writer.string(hello.specHash);
  writer.string(hello.node);
  writer.uint(hello.link);
  writer.uint(hello.seen);
  writer.list(hello.wants, writeWant);
}

/** Reads what `writeHello` wrote. */
export function readHello(reader: Reader): Hello {
  return {
    type: "hello",
    protocol: reader.uint(),
    specHash: reader.string(64),
    node: reader.string(ID_LENGTH_MAX * 4),
    link: reader.uint(),
    seen: reader.uint(),
    wants: reader.list(WANTS_MAX, readWant),
  };
}
