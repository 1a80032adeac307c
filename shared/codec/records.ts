/**
 * Records that follow one another on a wire, each told by how it differs from
 * the one before: rows of one table have their keys' beginnings, their shapes,
 * their authors and most of their clocks in common.
 *
 * A record is its length in bytes and steps until it has so many: bytes that
 * are new, which stand for as many of the record before, and then bytes that are
 * there. A step's first byte has 3 bits for how many are new, 4 for how many are
 * the same, and one that says that these stand elsewhere, by a signed count.
 * What 3 or 4 bits do not hold goes on as a varint.
 *
 * @module
 */

import { decodeError } from "./decode_error.ts";
import { Reader } from "./reader.ts";
import { Writer } from "./writer.ts";

const NEW_MAX = 7;
const SAME_MAX = 15;
/** So far apart the same bytes are looked for. */
const SHIFT_MAX = 8;
/** So many bytes must be the same there, to be worth the step. */
const SHIFTED_MIN = 3;

/** Writes items behind their count, each as it differs from the one before. */
export function writeRecords<Item>(
  writer: Writer,
  items: readonly Item[],
  write: (writer: Writer, item: Item) => void,
): void {
  writer.uint(items.length);
  const records = new Writer();
  let before = 0;
  for (const item of items) {
    const start = records.length;
    write(records, item);
    writeRecord(writer, records.written, before, start);
    before = start;
  }
}

/** Writes the record from `start` to the end; the one before it begins at `before`. */
function writeRecord(
  writer: Writer,
  bytes: Uint8Array,
  before: number,
  start: number,
): void {
  const end = bytes.length;
  writer.uint(end - start);
  let from = before;
  for (let at = start; at < end;) {
    const { fresh, shift } = nextSame(bytes, from, start, at);
    const same = from + fresh + shift;
    let count = 0;
    while (
      at + fresh + count < end && same + count < start &&
      bytes[at + fresh + count] === bytes[same + count]
    ) count++;
    writer.u8(
      Math.min(fresh, NEW_MAX) << 5 | Math.min(count, SAME_MAX) << 1 |
        (shift === 0 ? 0 : 1),
    );
    if (fresh >= NEW_MAX) writer.uint(fresh - NEW_MAX);
    if (count >= SAME_MAX) writer.uint(count - SAME_MAX);
    if (shift !== 0) writer.int(shift);
    writer.raw(bytes.subarray(at, at + fresh));
    at += fresh + count;
    from = same + count;
  }
}

/** How many bytes are new until some are the same, and how far those are shifted. */
function nextSame(
  bytes: Uint8Array,
  from: number,
  start: number,
  at: number,
): { readonly fresh: number; readonly shift: number } {
  const left = bytes.length - at;
  for (let fresh = 0; fresh < left; fresh++) {
    const beside = from + fresh;
    if (beside - SHIFT_MAX >= start) break;
    // At the same place two will do, one where nothing is new before it.
    const few = fresh === 0 ? 1 : Math.min(2, left - fresh);
    if (isSame(bytes, beside, start, at + fresh, few)) {
      return { fresh, shift: 0 };
    }
    for (let far = 1; far <= SHIFT_MAX; far++) {
      for (const shift of [far, -far]) {
        const same = beside + shift;
        if (
          same >= from && isSame(bytes, same, start, at + fresh, SHIFTED_MIN)
        ) return { fresh, shift };
      }
    }
  }
  return { fresh: left, shift: 0 };
}

function isSame(
  bytes: Uint8Array,
  same: number,
  start: number,
  at: number,
  count: number,
): boolean {
  if (same + count > start || at + count > bytes.length) return false;
  for (let i = 0; i < count; i++) {
    if (bytes[same + i] !== bytes[at + i]) return false;
  }
  return true;
}

/** What may be read. */
export interface RecordLimits {
  /** How many records. */
  readonly count: number;
  /** How many bytes they may have in all: more than they are sent in. */
  readonly bytes: number;
}

/** Reads what `writeRecords` wrote; each `read` must take all of its record. */
export function readRecords<Item>(
  reader: Reader,
  limits: RecordLimits,
  read: (reader: Reader) => Item,
): Item[] {
  let before = new Uint8Array();
  let { bytes: left } = limits;
  return reader.list(limits.count, () => {
    const at = reader.at;
    const length = reader.uint();
    if (length > left) {
      throw decodeError(at, `${length} bytes`, `at most ${left}`);
    }
    left -= length;
    before = readRecord(reader, before, length);
    const record = new Reader(before);
    const item = read(record);
    record.expectEnd();
    return item;
  });
}

function readRecord(
  reader: Reader,
  before: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(length);
  let from = 0;
  for (let at = 0; at < length;) {
    const where = reader.at;
    const step = reader.u8();
    const [few, some] = [step >> 5, step >> 1 & SAME_MAX];
    const fresh = few < NEW_MAX ? few : NEW_MAX + reader.uint();
    const count = some < SAME_MAX ? some : SAME_MAX + reader.uint();
    const same = from + fresh + (step & 1 ? reader.int() : 0);
    const isThere = fresh + count > 0 && fresh + count <= length - at &&
      same >= from && (count === 0 || same + count <= before.length);
    if (!isThere) throw decodeError(where, "a step out of bounds", "another");
    record.set(reader.raw(fresh), at);
    record.set(before.subarray(same, same + count), at + fresh);
    at += fresh + count;
    from = same + count;
  }
  return record;
}
