/**
 * The messages that come down from the root, apart from those that go up: a
 * client writes none of these, and carries no code for it.
 *
 * @module
 */

import { decodeError } from "../codec/decode_error.ts";
import { type Reader, readWhole } from "../codec/reader.ts";
import { bytesOf, type Writer } from "../codec/writer.ts";
import { type Live, readLive, writeLive } from "./live.ts";
import {
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

/** A message of a producer to its consumer. */
export type Downward = Welcome | Live | Checked | Resync | Refusal;

const TAGS = {
  welcome: 2,
  live: 5,
  checked: 7,
  resync: 9,
  refusal: 10,
} as const satisfies Record<Downward["type"], number>;

function writeFields(writer: Writer, message: Downward): void {
  switch (message.type) {
    case "welcome":
      return writeWelcome(writer, message);
    case "live":
      return writeLive(writer, message);
    case "checked":
      return writeNumbered(writer, message);
    case "resync":
      return writeResync(writer, message);
    case "refusal":
      return writeRefusal(writer, message);
  }
}

function readFields(tag: number, reader: Reader): Downward {
  switch (tag) {
    case TAGS.welcome:
      return readWelcome(reader);
    case TAGS.live:
      return readLive(reader);
    case TAGS.checked:
      return readNumbered(reader, "checked");
    case TAGS.resync:
      return readResync(reader);
    case TAGS.refusal:
      return readRefusal(reader);
    default:
      throw decodeError(0, `message ${tag}`, "a message of this protocol");
  }
}

/** The bytes of a message that comes down. */
export function encodeDownward(message: Downward): Uint8Array {
  return bytesOf((writer) => {
    writer.u8(TAGS[message.type]);
    writeFields(writer, message);
  });
}

/**
 * The message of some bytes, one that comes down or else one that `readOther`
 * knows by its tag. Throws `DecodeError` for any others.
 */
export function decodeDownward<Other = never>(
  bytes: Uint8Array,
  readOther?: (tag: number, reader: Reader) => Other | null,
): Downward | Other {
  return readWhole(bytes, (reader) => {
    const tag = reader.u8();
    return readOther?.(tag, reader) ?? readFields(tag, reader);
  });
}
