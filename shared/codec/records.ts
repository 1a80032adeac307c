/**
 * Records that follow one another on a wire, each told by how it differs from
 * the one before: rows of one table have their keys' beginnings, their shapes,
 * their authors and most of their clocks in common.
 *
 * A record is its length in bytes, and the first one these bytes. Any other is
 * steps until it has so many: bytes that are new, which stand for as many of the
 * record before, and then bytes that are there. A step's first byte has 3 bits for
 * how many are new, 4 for how many are the same, and one that says that these
 * stand elsewhere, by a signed count. What 3 or 4 bits do not hold goes on as a
 * varint.
 *
 * @module
 */

import { decodeError } from "./decode_error.ts";
import { Reader } from "./reader.ts";
import { withWriter, type Writer } from "./writer.ts";

const NEW_MAX = 7;
const SAME_MAX = 15;
/** So far apart the same bytes are looked for. */
const SHIFT_MAX = 8;
/** So many bytes must be the same there, to be worth the step. */
const SHIFTED_MIN = 3;
/** A shift and its sign in one number with something else. */
const SHIFT_BITS = 5;
const SHIFT_MASK = 31;

/** Writes items behind their count, each as it differs from the one before. */
export function writeRecords<Item>(
  writer: Writer,
  items: readonly Item[],
  write: (writer: Writer, item: Item) => void,
): void {
  const count = items.length;
  writer.uint(count);
  if (count === 1) {
    const start = writer.open();
    write(writer, items[0]!);
    writer.close(start);
  }
  if (count < 2) return;
  withWriter((records) => {
    write(records, items[0]!);
    writer.uint(records.length);
    writer.raw(records.buffer, 0, records.length);
    let before = 0;
    for (let i = 1; i < count; i++) {
      const start = records.length;
      write(records, items[i]!);
      writeRecord(writer, records.buffer, before, start, records.length);
      before = start;
    }
  });
}

/** Writes the record from `start` to `end`; the one before it begins at `before`. */
function writeRecord(
  writer: Writer,
  bytes: Uint8Array,
  before: number,
  start: number,
  end: number,
): void {
  writer.uint(end - start);
  let from = before;
  for (let at = start; at < end;) {
    const found = nextSame(bytes, from, start, at, end);
    const shift = (found & SHIFT_MASK) - SHIFT_MAX;
    const fresh = found >>> SHIFT_BITS;
    const same = from + fresh + shift;
    const now = at + fresh;
    let count = 0;
    while (
      now + count < end && same + count < start &&
      bytes[now + count] === bytes[same + count]
    ) count++;
    writer.u8(
      Math.min(fresh, NEW_MAX) << 5 | Math.min(count, SAME_MAX) << 1 |
        (shift === 0 ? 0 : 1),
    );
    if (fresh >= NEW_MAX) writer.uint(fresh - NEW_MAX);
    if (count >= SAME_MAX) writer.uint(count - SAME_MAX);
    if (shift !== 0) writer.int(shift);
    if (fresh > 0) writer.raw(bytes, at, now);
    at = now + count;
    from = same + count;
  }
}

/**
 * How many bytes are new until some are the same, and how far those are shifted:
 * both in one number, for this is where the time goes.
 */
function nextSame(
  bytes: Uint8Array,
  from: number,
  start: number,
  at: number,
  end: number,
): number {
  const last = Math.min(end, at + start - from + SHIFT_MAX);
  for (let now = at; now < last; now++) {
    const byte = bytes[now];
    const beside = from + now - at;
    // At the same place two will do, one where nothing is new before it.
    if (
      beside < start && bytes[beside] === byte &&
      (now === at || now + 1 >= end ||
        (beside + 1 < start && bytes[beside + 1] === bytes[now + 1]))
    ) return (now - at) << SHIFT_BITS | SHIFT_MAX;
    if (now + SHIFTED_MIN > end) continue;
    const [next, third] = [bytes[now + 1], bytes[now + 2]];
    for (let far = 1; far <= SHIFT_MAX; far++) {
      for (let shift = far; shift >= -far; shift -= 2 * far) {
        const same = beside + shift;
        if (
          bytes[same] === byte && bytes[same + 1] === next &&
          bytes[same + 2] === third && same >= from &&
          same + SHIFTED_MIN <= start
        ) return (now - at) << SHIFT_BITS | (shift + SHIFT_MAX);
      }
    }
  }
  return (end - at) << SHIFT_BITS | SHIFT_MAX;
}

/** What a record takes besides its bytes, however few they are. */
const RECORD_COST = 8;

/** What may be read. */
export interface RecordLimits {
  /** How many records. */
  readonly count: number;
  /** How many bytes they may have in all, more than they are sent in: those that were read are taken off. */
  bytes: number;
}

/** Reads what `writeRecords` wrote; each `read` must take all of its record, and keep no view of it. */
export function readRecords<Item>(
  reader: Reader,
  limits: RecordLimits,
  read: (reader: Reader) => Item,
): Item[] {
  const records = new Records(reader, limits);
  return reader.list(limits.count, () => records.next(read));
}

/** Reads one record after the other. */
class Records {
  readonly #reader: Reader;
  readonly #limits: RecordLimits;
  /** Where the first one is. */
  #first: readonly [from: number, to: number] | null = null;
  /** The one before, and room for the next. */
  #rooms: readonly [before: Room, now: Room] | null = null;
  #record: Reader | null = null;

  constructor(reader: Reader, limits: RecordLimits) {
    this.#reader = reader;
    this.#limits = limits;
  }

  next<Item>(read: (reader: Reader) => Item): Item {
    const reader = this.#reader;
    const length = this.#length();
    if (this.#first === null) {
      this.#first = [reader.at, reader.at + length];
      return reader.within(length, read);
    }
    const [before, now] = this.#rooms ??= [
      new Room(new Uint8Array(reader.between(...this.#first))),
      new Room(NO_BYTES),
    ];
    now.fill(reader, before, length);
    this.#rooms = [now, before];
    const record = this.#record ??= new Reader(NO_BYTES);
    record.restart(now.bytes, length);
    const item = read(record);
    record.expectEnd();
    return item;
  }

  #length(): number {
    const { at } = this.#reader;
    const length = this.#reader.uint();
    const { bytes } = this.#limits;
    if (length > bytes) {
      throw decodeError(at, `${length} bytes`, `at most ${bytes}`);
    }
    this.#limits.bytes -= length + RECORD_COST;
    return length;
  }
}

const NO_BYTES = new Uint8Array();

/** Room for a record, which grows with what comes. */
class Room {
  /** The record, and room for more. */
  bytes: Uint8Array;
  #length: number;

  constructor(record: Uint8Array) {
    this.bytes = record;
    this.#length = record.length;
  }

  /** Makes a record of what is sent and of what the one before it has. */
  fill(reader: Reader, before: Room, length: number): void {
    let from = 0;
    for (let at = 0; at < length;) {
      const where = reader.at;
      const step = reader.u8();
      const [few, some] = [step >> 5, step >> 1 & SAME_MAX];
      const fresh = few < NEW_MAX ? few : NEW_MAX + reader.uint();
      const count = some < SAME_MAX ? some : SAME_MAX + reader.uint();
      const same = from + fresh + (step & 1 ? reader.int() : 0);
      const isThere = fresh + count > 0 && fresh + count <= length - at &&
        same >= from && (count === 0 || same + count <= before.#length);
      if (!isThere) throw decodeError(where, "a step out of bounds", "another");
      reader.needs(fresh);
      this.#reserve(at, at + fresh + count);
      for (let i = 0; i < fresh; i++) this.bytes[at++] = reader.u8();
      for (let i = 0; i < count; i++) {
        this.bytes[at++] = before.bytes[same + i]!;
      }
      from = same + count;
    }
    this.#length = length;
  }

  #reserve(held: number, wanted: number): void {
    if (wanted <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(wanted, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, held));
    this.bytes = grown;
  }
}
