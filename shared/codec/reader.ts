import { decodeError } from "./decode_error.ts";
import { DEPTH_MAX } from "./tag.ts";
import { readValue } from "./value_reader.ts";

/** Narrower limits than the codec's own. */
export interface ReadLimits {
  /** How many bytes a string or a byte string may have; as many as there are. */
  readonly itemBytesMax?: number;
  /** How many arrays and objects may stand within one another; at most 64. */
  readonly depthMax?: number;
}

/** Up to here a loop over bytes is faster than the platform's decoder. */
const LOOP_BYTES_MAX = 32;

// `ignoreBOM` keeps a leading U+FEFF, which is a character of the text.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads what `Writer` wrote. It is total: any bytes give a value or a
 * `DecodeError`, no count is believed before the bytes for it are seen to be
 * there, and one thing has one encoding.
 */
export class Reader {
  #bytes: Uint8Array;
  #end: number;
  readonly #itemBytesMax: number;
  /** How many arrays and objects may stand within one another. */
  readonly depthMax: number;
  #at = 0;

  /** Reads from the first of these bytes on, which must not change meanwhile. */
  constructor(bytes: Uint8Array, limits: ReadLimits = {}) {
    this.#bytes = bytes;
    this.#end = bytes.length;
    this.#itemBytesMax = limits.itemBytesMax ?? Infinity;
    this.depthMax = Math.min(limits.depthMax ?? DEPTH_MAX, DEPTH_MAX);
  }

  /** Reads other bytes, up to an offset, as if it were new. */
  restart(bytes: Uint8Array, end: number): void {
    this.#bytes = bytes;
    this.#end = end;
    this.#at = 0;
  }

  /** The offset of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** What is not read yet: a view, no copy. */
  get rest(): Uint8Array {
    return this.#bytes.subarray(this.#at, this.#end);
  }

  /** What stands between two offsets: a view, no copy. */
  between(from: number, to: number): Uint8Array {
    return this.#bytes.subarray(from, to);
  }

  /** Reads what must take the next bytes, so many and no more. */
  within<Item>(count: number, read: (reader: Reader) => Item): Item {
    this.needs(count);
    const end = this.#end;
    this.#end = this.#at + count;
    const item = read(this);
    this.expectEnd();
    this.#end = end;
    return item;
  }

  /** Refuses bytes that are left over. */
  expectEnd(): void {
    const left = this.#end - this.#at;
    if (left > 0) throw decodeError(this.#at, `${left} more`, "the end");
  }

  /** Refuses to go on where fewer bytes are left. */
  needs(count: number): void {
    const left = this.#end - this.#at;
    if (count <= left) return;
    throw decodeError(this.#at, `${left} bytes to the end`, `${count} bytes`);
  }

  /** Reads one byte. */
  u8(): number {
    if (this.#at >= this.#end) {
      throw decodeError(this.#at, "the end", "another byte");
    }
    return this.#bytes[this.#at++]!;
  }

  /** Reads an integer from 0 to 2^53-1 in its shortest form. */
  uint(): number {
    const start = this.#at;
    let value = 0;
    let unit = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        if (byte === 0 && i > 0) break;
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      unit *= 128;
    }
    const wanted = "an integer up to 2^53-1 in its shortest form";
    throw decodeError(start, "another varint", wanted);
  }

  /** Reads an integer from -(2^53-1) to 2^53-1 in its shortest form. */
  int(): number {
    const start = this.#at;
    const first = this.u8();
    let magnitude = (first & 0x7f) >>> 1;
    if (first >= 0x80) {
      const rest = this.uint();
      magnitude = rest === 0 ? Infinity : magnitude + rest * 64;
    }
    const value = (first & 1) === 1 ? -magnitude - 1 : magnitude;
    if (Number.isSafeInteger(value)) return value;
    const wanted = "a safe integer in its shortest form";
    throw decodeError(start, "another varint", wanted);
  }

  /** Reads eight bytes of IEEE 754, big endian; any number may come. */
  f64(): number {
    const at = this.#take(8);
    const { buffer, byteOffset } = this.#bytes;
    return new DataView(buffer, byteOffset + at, 8).getFloat64(0);
  }

  /** Reads well-formed text of at most so many bytes. */
  string(maxBytes: number = this.#itemBytesMax): string {
    const length = this.#length(maxBytes);
    const at = this.#take(length);
    if (length <= LOOP_BYTES_MAX) {
      const text = this.#ascii(at, length);
      if (text !== null) return text;
    }
    try {
      return decoder.decode(this.#bytes.subarray(at, at + length));
    } catch {
      throw decodeError(at, "no UTF-8", "well-formed text");
    }
  }

  /** Reads at most so many bytes behind their length, as a copy. */
  bytes(maxBytes: number = this.#itemBytesMax): Uint8Array {
    const length = this.#length(maxBytes);
    const at = this.#take(length);
    // Not `slice`, which is a view where the bytes are a Node Buffer.
    return new Uint8Array(this.#bytes.subarray(at, at + length));
  }

  /** Reads all that is left, at most so many bytes, as a copy. */
  remaining(maxBytes: number): Uint8Array {
    const left = this.#end - this.#at;
    if (left <= maxBytes) {
      const at = this.#take(left);
      return new Uint8Array(this.#bytes.subarray(at, at + left));
    }
    throw decodeError(this.#at, `${left} bytes`, `at most ${maxBytes}`);
  }

  /** Reads how many items follow, and refuses more than there can be. */
  count(itemBytesMin: number): number {
    const at = this.#at;
    const count = this.uint();
    const left = this.#end - this.#at;
    if (count * itemBytesMin <= left) return count;
    throw decodeError(at, `a count of ${count}`, `what fits ${left} bytes`);
  }

  /** Reads a yes or a no: one byte, 1 or 0. */
  flag(): boolean {
    const byte = this.u8();
    if (byte <= 1) return byte === 1;
    throw decodeError(this.#at - 1, `byte ${byte}`, "0 or 1");
  }

  /** Reads at most `most` items behind their count. */
  list<Item>(most: number, read: (reader: Reader) => Item): Item[] {
    const at = this.#at;
    const count = this.count(1);
    if (count > most) {
      throw decodeError(at, `${count} items`, `at most ${most}`);
    }
    const items: Item[] = [];
    for (let i = 0; i < count; i++) items.push(read(this));
    return items;
  }

  /** Reads what `Writer.optional` wrote. */
  optional<Item>(read: (reader: Reader) => Item): Item | null {
    return this.flag() ? read(this) : null;
  }

  /** Reads a tagged value. */
  value(): unknown {
    return readValue(this);
  }

  #length(maxBytes: number): number {
    const at = this.#at;
    const length = this.uint();
    if (length <= maxBytes) return length;
    throw decodeError(at, `${length} bytes`, `at most ${maxBytes}`);
  }

  /** Steps over so many bytes, and returns where they begin. */
  #take(count: number): number {
    this.needs(count);
    const at = this.#at;
    this.#at = at + count;
    return at;
  }

  #ascii(at: number, length: number): string | null {
    const bytes = this.#bytes;
    const end = at + length;
    let text = "";
    let i = at;
    for (; i + 4 <= end; i += 4) {
      const [a, b] = [bytes[i]!, bytes[i + 1]!];
      const [c, d] = [bytes[i + 2]!, bytes[i + 3]!];
      if ((a | b | c | d) > 0x7f) return null;
      text += String.fromCharCode(a, b, c, d);
    }
    for (; i < end; i++) {
      if (bytes[i]! > 0x7f) return null;
      text += String.fromCharCode(bytes[i]!);
    }
    return text;
  }
}

/** What `read` makes of all these bytes. Throws `DecodeError` for any left over. */
export function readWhole<Item>(
  bytes: Uint8Array,
  read: (reader: Reader) => Item,
): Item {
  const reader = new Reader(bytes);
  const item = read(reader);
  reader.expectEnd();
  return item;
}
