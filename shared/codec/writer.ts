import { describe } from "./describe.ts";
import { valueError } from "./value_error.ts";
import { writeValue } from "./value_writer.ts";

const CAPACITY_START = 256;
/** So much memory may lie idle. */
const CAPACITY_KEPT = 2 ** 16;
/** Above it something is repeated without end; every real limit is far below. */
const CAPACITY_MAX = 2 ** 28;
/** Up to here a loop over characters is faster than the platform's encoder. */
const LOOP_CHARS_MAX = 64;

const encoder = new TextEncoder();

/** Writes bytes into a buffer that grows. */
export class Writer {
  #bytes = new Uint8Array(CAPACITY_START);
  #length = 0;

  /** How many bytes are written. */
  get length(): number {
    return this.#length;
  }

  /** What is written, up to `length`, and room for more: until more is. */
  get buffer(): Uint8Array {
    return this.#bytes;
  }

  /** Returns a copy of exactly what is written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Forgets what is written, and a buffer that had to grow much for it. */
  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > CAPACITY_KEPT) {
      this.#bytes = new Uint8Array(CAPACITY_START);
    }
  }

  /** Writes one byte, 0 to 255. */
  u8(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Writes an integer from 0 to 2^53-1 as a little-endian base-128 varint. */
  uint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw valueError("", describe(value), "an integer from 0 to 2^53-1");
    }
    this.#reserve(8);
    this.#varint(value);
  }

  /** Writes an integer from -(2^53-1) to 2^53-1 as a zigzag varint. */
  int(value: number): void {
    if (!Number.isSafeInteger(value)) {
      throw valueError("", describe(value), "a safe integer");
    }
    this.#reserve(9);
    // The zigzag of a safe integer has 54 bits: its first byte is made apart.
    const sign = value < 0 ? 1 : 0;
    const magnitude = value < 0 ? -value - 1 : value;
    const first = (magnitude % 64) * 2 + sign;
    const rest = Math.floor(magnitude / 64);
    this.#bytes[this.#length++] = rest > 0 ? first | 0x80 : first;
    if (rest > 0) this.#varint(rest);
  }

  /** Writes a number as IEEE 754, eight bytes, big endian. */
  f64(value: number): void {
    this.#reserve(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value);
    this.#length += 8;
  }

  /** Writes text as UTF-8 behind its length in bytes; refuses lone surrogates. */
  string(text: string): void {
    if (text.length <= LOOP_CHARS_MAX && this.#ascii(text)) return;
    if (!text.isWellFormed()) {
      const found = "text with a lone surrogate";
      throw valueError("", found, "well-formed text");
    }
    this.bytes(encoder.encode(text));
  }

  /** Writes bytes behind their length. */
  bytes(bytes: Uint8Array): void {
    this.uint(bytes.length);
    this.raw(bytes);
  }

  /** Writes bytes as they are, or some of them. */
  raw(bytes: Uint8Array, from: number = 0, to: number = bytes.length): void {
    const count = to - from;
    this.#reserve(count);
    if (count > LOOP_CHARS_MAX) {
      const some = count < bytes.length ? bytes.subarray(from, to) : bytes;
      this.#bytes.set(some, this.#length);
    } else {
      for (let i = 0; i < count; i++) {
        this.#bytes[this.#length + i] = bytes[from + i]!;
      }
    }
    this.#length += count;
  }

  /** Keeps room for the length of what comes; returns where that begins. */
  open(): number {
    this.u8(0);
    return this.#length;
  }

  /** Writes the length of what has come since `open`. */
  close(start: number): void {
    const end = this.#length;
    const length = end - start;
    if (length < 0x80) {
      this.#bytes[start - 1] = length;
      return;
    }
    // The length takes more than the byte that was kept for it.
    this.uint(length);
    const head = this.#bytes.slice(end, this.#length);
    this.#bytes.copyWithin(start + head.length - 1, start, end);
    this.#bytes.set(head, start - 1);
    this.#length = end + head.length - 1;
  }

  /** Writes items behind their count. */
  list<Item>(
    items: readonly Item[],
    write: (writer: Writer, item: Item) => void,
  ): void {
    this.uint(items.length);
    for (const item of items) write(this, item);
  }

  /** Writes a yes and the item, or a no where there is none. */
  optional<Item>(
    item: Item | null,
    write: (writer: Writer, item: Item) => void,
  ): void {
    this.u8(item === null ? 0 : 1);
    if (item !== null) write(this, item);
  }

  /** Writes a tagged value, whole or, with a `ValueError`, not at all. */
  value(value: unknown): void {
    const start = this.#length;
    let whole = false;
    try {
      writeValue(this, value);
      whole = true;
    } finally {
      if (!whole) this.#length = start;
    }
  }

  #varint(value: number): void {
    let rest = value;
    if (rest > 0x7fffffff) {
      // Four bytes apart: all else is done in small integers.
      rest = Math.floor(value / 2 ** 28);
      const low = value - rest * 2 ** 28;
      for (let shift = 0; shift < 28; shift += 7) {
        this.#bytes[this.#length++] = (low >>> shift & 0x7f) | 0x80;
      }
    }
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Writes short ASCII text; says no, and writes nothing, when it is other. */
  #ascii(text: string): boolean {
    this.#reserve(1 + text.length);
    const start = this.#length + 1;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      this.#bytes[start + i] = unit;
    }
    this.#bytes[this.#length] = text.length;
    this.#length = start + text.length;
    return true;
  }

  #reserve(count: number): void {
    const wanted = this.#length + count;
    if (wanted <= this.#bytes.length) return;
    if (wanted > CAPACITY_MAX) {
      const found = `a value of ${wanted} bytes or more`;
      throw valueError("", found, `at most ${CAPACITY_MAX} bytes`);
    }
    const grown = new Uint8Array(Math.max(wanted, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** The bytes of what `write` writes, and nothing where it throws. */
export function bytesOf(write: (writer: Writer) => void): Uint8Array {
  return withWriter((writer) => {
    write(writer);
    return writer.finish();
  });
}

/** Lends a writer whose buffer is used again: most of what is written is small, and soon done. */
export function withWriter<T>(use: (writer: Writer) => T): T {
  const writer = idle.pop() ?? new Writer();
  try {
    return use(writer);
  } finally {
    writer.clear();
    idle.push(writer);
  }
}

/** As many as there are levels that write within one another. */
const idle: Writer[] = [];
