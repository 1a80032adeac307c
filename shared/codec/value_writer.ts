import { describe } from "./describe.ts";
import { compareKeys } from "./key_order.ts";
import { BIGINT_BYTES_MAX, DEPTH_MAX, FORBIDDEN_KEY, TAG } from "./tag.ts";
import { formatPath, ValueError, valueError } from "./value_error.ts";

/** What a value is written into. */
export interface ValueSink {
  /** Writes one byte. */
  u8(byte: number): void;
  /** Writes a safe non-negative integer. */
  uint(value: number): void;
  /** Writes a safe integer. */
  int(value: number): void;
  /** Writes eight bytes. */
  f64(value: number): void;
  /** Writes text. */
  string(text: string): void;
  /** Writes bytes behind their length. */
  bytes(bytes: Uint8Array): void;
}

type Steps = (string | number)[];

/**
 * Writes a tagged value in its one canonical form: equal values give equal
 * bytes. Throws `ValueError` on what is not carried; what was written until
 * then is for the caller to take back.
 */
export function writeValue(sink: ValueSink, value: unknown): void {
  const steps = idle ?? [];
  idle = null;
  try {
    writeAny(sink, value, steps);
  } catch (error) {
    if (error instanceof ValueError) throw error;
    // A getter, or what a Proxy is asked.
    const found = "something that throws when it is read";
    throw valueError(formatPath(steps), found, "plain data");
  }
  idle = steps;
}

/** Where a value's walk was, to be used again: `null` while one is, or after a fault. */
let idle: Steps | null = [];

function writeAny(sink: ValueSink, value: unknown, steps: Steps): void {
  switch (typeof value) {
    case "string":
      sink.u8(TAG.string);
      return writeText(sink, value, steps);
    case "number":
      return writeNumber(sink, value, steps);
    case "boolean":
      return sink.u8(value ? TAG.true : TAG.false);
    case "undefined":
      return sink.u8(TAG.undefined);
    case "bigint":
      return writeBigint(sink, value, steps);
    case "object":
      return value === null
        ? sink.u8(TAG.null)
        : writeObject(sink, value, steps);
    default:
      throw fault(steps, value, "data");
  }
}

function fault(steps: Steps, value: unknown, wanted: string): ValueError {
  return valueError(formatPath(steps), describe(value), wanted);
}

function writeText(sink: ValueSink, text: string, steps: Steps): void {
  if (!text.isWellFormed()) {
    throw valueError(
      formatPath(steps),
      "text with a lone surrogate",
      "well-formed text",
    );
  }
  sink.string(text);
}

function writeNumber(sink: ValueSink, value: number, steps: Steps): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    sink.u8(TAG.integer);
    sink.int(value);
  } else if (Number.isFinite(value)) {
    sink.u8(TAG.float);
    sink.f64(value);
  } else throw fault(steps, value, "a finite number");
}

function writeBigint(sink: ValueSink, value: bigint, steps: Steps): void {
  const digits = value === 0n ? "" : (value < 0n ? -value : value).toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const magnitude = new Uint8Array(even.length / 2);
  if (magnitude.length > BIGINT_BYTES_MAX) {
    const found = `a bigint of ${magnitude.length} bytes`;
    const wanted = `at most ${BIGINT_BYTES_MAX} bytes`;
    throw valueError(formatPath(steps), found, wanted);
  }
  for (let i = 0; i < magnitude.length; i++) {
    magnitude[i] = Number.parseInt(even.slice(2 * i, 2 * i + 2), 16);
  }
  sink.u8(TAG.bigint);
  sink.u8(value < 0n ? 1 : 0);
  sink.bytes(magnitude);
}

function writeObject(sink: ValueSink, value: object, steps: Steps): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  if (!isPlain && value instanceof Uint8Array) {
    sink.u8(TAG.bytes);
    return sink.bytes(value);
  }
  if (prototype === Date.prototype && value instanceof Date) {
    return writeDate(sink, value, steps);
  }
  // A cycle has no other end than this one.
  if (steps.length >= DEPTH_MAX) {
    throw fault(steps, value, `at most ${DEPTH_MAX} levels`);
  }
  if (isPlain) {
    return writeMembers(sink, value as Record<string, unknown>, steps);
  }
  if (prototype === Array.prototype && Array.isArray(value)) {
    return writeArray(sink, value, steps);
  }
  throw fault(steps, value, "plain data");
}

function writeDate(sink: ValueSink, value: Date, steps: Steps): void {
  const timeMs = value.getTime();
  if (Number.isNaN(timeMs)) {
    throw valueError(formatPath(steps), "an invalid Date", "a time");
  }
  sink.u8(TAG.date);
  sink.int(timeMs);
}

function writeArray(
  sink: ValueSink,
  array: readonly unknown[],
  steps: Steps,
): void {
  const count = array.length;
  const names = Object.keys(array).length +
    Object.getOwnPropertySymbols(array).length;
  if (names > count) {
    const found = "an array with members besides its items";
    throw valueError(formatPath(steps), found, "items alone");
  }
  sink.u8(TAG.array);
  sink.uint(count);
  for (let i = 0; i < count; i++) {
    steps.push(i);
    const item = array[i];
    if (item === undefined && !Object.hasOwn(array, i)) {
      throw valueError(formatPath(steps), "a hole", "an array without");
    }
    writeAny(sink, item, steps);
    steps.pop();
  }
}

function writeMembers(
  sink: ValueSink,
  object: Record<string, unknown>,
  steps: Steps,
): void {
  if (Object.getOwnPropertySymbols(object).length > 0) {
    const found = "an object with a symbol for a key";
    throw valueError(formatPath(steps), found, "keys that are strings");
  }
  const keys = Object.keys(object);
  if (!isSorted(keys)) keys.sort(compareKeys);
  sink.u8(TAG.object);
  sink.uint(keys.length);
  for (const key of keys) {
    steps.push(key);
    if (key === FORBIDDEN_KEY) {
      throw valueError(formatPath(steps), "a reserved key", "another key");
    }
    writeText(sink, key, steps);
    writeAny(sink, object[key], steps);
    steps.pop();
  }
}

/** Whether keys are in their order: most objects are made so, and sorting costs more. */
function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) {
    if (compareKeys(keys[i - 1]!, keys[i]!) > 0) return false;
  }
  return true;
}
