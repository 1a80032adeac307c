import { decodeError } from "./decode_error.ts";
import { describe } from "./describe.ts";
import { compareKeys } from "./key_order.ts";
import { BIGINT_BYTES_MAX, FORBIDDEN_KEY, TAG } from "./tag.ts";

/** What a value is read from. Each method throws `DecodeError`. */
export interface ValueSource {
  /** The offset of the next byte. */
  readonly at: number;
  /** How many arrays and objects may stand within one another. */
  readonly depthMax: number;
  /** Reads one byte. */
  u8(): number;
  /** Reads a safe integer. */
  int(): number;
  /** Reads eight bytes. */
  f64(): number;
  /** Reads text. */
  string(): string;
  /** Reads bytes behind their length. */
  bytes(maxBytes?: number): Uint8Array;
  /** Reads how many items follow, each of at least so many bytes. */
  count(itemBytesMin: number): number;
}

/** Latest and earliest time of a `Date`, by the language's standard. */
const DATE_MS_MAX = 8.64e15;

/** Reads one tagged value; refuses all but its canonical form. */
export function readValue(source: ValueSource): unknown {
  return readAny(source, 0);
}

function readAny(source: ValueSource, depth: number): unknown {
  const at = source.at;
  const tag = source.u8();
  switch (tag) {
    case TAG.undefined:
      return undefined;
    case TAG.null:
      return null;
    case TAG.false:
      return false;
    case TAG.true:
      return true;
    case TAG.integer:
      return source.int();
    case TAG.float:
      return readFloat(source, at);
    case TAG.string:
      return source.string();
    case TAG.bytes:
      return source.bytes();
    case TAG.array:
      return readArray(source, nested(source, at, depth));
    case TAG.object:
      return readObject(source, nested(source, at, depth));
    case TAG.bigint:
      return readBigint(source, at);
    case TAG.date:
      return readDate(source, at);
    default:
      throw decodeError(at, `tag ${tag}`, "the tag of a value");
  }
}

function nested(source: ValueSource, at: number, depth: number): number {
  if (depth < source.depthMax) return depth + 1;
  const found = `level ${depth + 1} of a value`;
  throw decodeError(at, found, `at most ${source.depthMax} levels`);
}

function readFloat(source: ValueSource, at: number): number {
  const value = source.f64();
  const canonical = Object.is(value, -0) ||
    (Number.isFinite(value) && !Number.isSafeInteger(value));
  if (canonical) return value;
  const found = `${value} in eight bytes`;
  throw decodeError(at, found, "a finite number that is no safe integer");
}

function readArray(source: ValueSource, depth: number): unknown[] {
  const count = source.count(1);
  const array: unknown[] = [];
  for (let i = 0; i < count; i++) array.push(readAny(source, depth));
  return array;
}

function readObject(
  source: ValueSource,
  depth: number,
): Record<string, unknown> {
  const count = source.count(2);
  const object: Record<string, unknown> = {};
  let before: string | null = null;
  for (let i = 0; i < count; i++) {
    const at = source.at;
    const key = source.string();
    if (key === FORBIDDEN_KEY) {
      throw decodeError(at, "a reserved key", "another key");
    }
    if (before !== null && compareKeys(before, key) >= 0) {
      const wanted = `a key behind ${describe(before)}`;
      throw decodeError(at, `the key ${describe(key)}`, wanted);
    }
    object[key] = readAny(source, depth);
    before = key;
  }
  return object;
}

function readBigint(source: ValueSource, at: number): bigint {
  const sign = source.u8();
  if (sign > 1) throw decodeError(at + 1, `sign ${sign}`, "0 or 1");
  const magnitude = source.bytes(BIGINT_BYTES_MAX);
  if (magnitude[0] === 0 || (magnitude.length === 0 && sign === 1)) {
    throw decodeError(at + 1, "a longer form of a bigint", "its shortest");
  }
  if (magnitude.length === 0) return 0n;
  let digits = "0x";
  for (const byte of magnitude) digits += byte.toString(16).padStart(2, "0");
  const value = BigInt(digits);
  return sign === 1 ? -value : value;
}

function readDate(source: ValueSource, at: number): Date {
  const timeMs = source.int();
  if (Math.abs(timeMs) <= DATE_MS_MAX) return new Date(timeMs);
  throw decodeError(at, `the time ${timeMs} ms`, "a time that a Date has");
}
