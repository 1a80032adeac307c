/**
 * Every message of the protocol as one union, with a total decoder: any bytes
 * give a message or a `DecodeError`.
 *
 * @module
 */

import { DecodeError } from "../codec/decode_error.ts";
import { Reader } from "../codec/reader.ts";
import { Writer } from "../codec/writer.ts";
import { type Demand, readDemand, writeDemand } from "./demand.ts";
import { type Hello, readHello, writeHello } from "./hello.ts";
import { type Live, readLive, writeLive } from "./live.ts";
import { type Push, readPush, writePush } from "./push.ts";
import {
  type Ack,
  type Check,
  type Checked,
  readNumbered,
  readRefusal,
  readResync,
  type Refusal,
  type Resync,
  writeNumbered,
  writeRefusal,
  writeResync,
} from "./signals.ts";
import { readWelcome, type Welcome, writeWelcome } from "./welcome.ts";

/** Any message. */
export type Message =
  | Hello
  | Welcome
  | Demand
  | Push
  | Live
  | Check
  | Checked
  | Ack
  | Resync
  | Refusal;

const TAGS = {
  hello: 1,
  welcome: 2,
  demand: 3,
  push: 4,
  live: 5,
  check: 6,
  checked: 7,
  ack: 8,
  resync: 9,
  refusal: 10,
} as const satisfies Record<Message["type"], number>;

function writeFields(writer: Writer, message: Message): void {
  switch (message.type) {
    case "hello":
      return writeHello(writer, message);
    case "welcome":
      return writeWelcome(writer, message);
    case "demand":
      return writeDemand(writer, message);
    case "push":
      return writePush(writer, message);
    case "live":
      return writeLive(writer, message);
    case "check":
    case "checked":
    case "ack":
      return writeNumbered(writer, message);
    case "resync":
      return writeResync(writer, message);
    case "refusal":
      return writeRefusal(writer, message);
  }
}

function readFields(reader: Reader): Message {
  const tag = reader.u8();
  switch (tag) {
    case TAGS.hello:
      return readHello(reader);
    case TAGS.welcome:
      return readWelcome(reader);
    case TAGS.demand:
      return readDemand(reader);
    case TAGS.push:
      return readPush(reader);
    case TAGS.live:
      return readLive(reader);
    case TAGS.check:
      return readNumbered(reader, "check");
    case TAGS.checked:
      return readNumbered(reader, "checked");
    case TAGS.ack:
      return readNumbered(reader, "ack");
    case TAGS.resync:
      return readResync(reader);
    case TAGS.refusal:
      return readRefusal(reader);
    default:
      throw new DecodeError(0, `message ${tag}`, "a message of this protocol");
  }
}

/** The bytes of a message. */
export function encodeMessage(message: Message): Uint8Array {
  const writer = new Writer();
  writer.u8(TAGS[message.type]);
  writeFields(writer, message);
  return writer.finish();
}

/** The message of some bytes. Throws `DecodeError` for any others. */
export function decodeMessage(bytes: Uint8Array): Message {
  const reader = new Reader(bytes);
  const message = readFields(reader);
  reader.expectEnd();
  return message;
}
