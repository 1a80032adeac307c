/**
 * The messages that go towards the root, apart from those that come down: a
 * client reads none of these, and carries no code for it.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import { bytesOf, type Writer } from "../codec/writer.ts";
import { type Demand, readDemand, writeDemand } from "./demand.ts";
import { type Hello, readHello, writeHello } from "./hello.ts";
import { type Push, readPush, writePush } from "./push.ts";
import {
  type Ack,
  type Check,
  readCheck,
  readNumbered,
  writeCheck,
  writeNumbered,
} from "./signals.ts";

/** A message of a consumer to its producer. */
export type Upward = Hello | Demand | Push | Check | Ack;

const TAGS = {
  hello: 1,
  demand: 3,
  push: 4,
  check: 6,
  ack: 8,
} as const satisfies Record<Upward["type"], number>;

function writeFields(writer: Writer, message: Upward): void {
  switch (message.type) {
    case "hello":
      return writeHello(writer, message);
    case "demand":
      return writeDemand(writer, message);
    case "push":
      return writePush(writer, message);
    case "check":
      return writeCheck(writer, message);
    default:
      return writeNumbered(writer, message);
  }
}

/** Says whether a message goes up. */
export function isUpward(
  message: { readonly type: string },
): message is Upward {
  return Object.hasOwn(TAGS, message.type);
}

/** The bytes of a message that goes up. */
export function encodeUpward(message: Upward): Uint8Array {
  return bytesOf((writer) => {
    writer.u8(TAGS[message.type]);
    writeFields(writer, message);
  });
}

/** Reads the fields of a message that goes up; `null` for the tag of none. */
export function readUpward(tag: number, reader: Reader): Upward | null {
  switch (tag) {
    case TAGS.hello:
      return readHello(reader);
    case TAGS.demand:
      return readDemand(reader);
    case TAGS.push:
      return readPush(reader);
    case TAGS.check:
      return readCheck(reader);
    case TAGS.ack:
      return readNumbered(reader, "ack");
    default:
      return null;
  }
}
