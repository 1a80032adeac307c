/**
 * Bugs to plant in the codec, for the laws to catch.
 *
 * @module
 */

import type { LawPlant } from "../plant.ts";

/** The bugs. */
export const CODEC: readonly LawPlant[] = [
  {
    name: "a varint has two forms",
    file: "shared/codec/reader.ts",
    find: "        if (byte === 0 && i > 0) break;\n",
    put: "",
  },
  {
    name: "an integer beyond the safe ones is read",
    file: "shared/codec/reader.ts",
    find: "        if (value > Number.MAX_SAFE_INTEGER) break;\n",
    put: "",
  },
  {
    name: "a signed varint has two forms",
    file: "shared/codec/reader.ts",
    find: "rest === 0 ? Infinity : magnitude + rest * 64",
    put: "magnitude + rest * 64",
  },
  {
    name: "members stand in the order they were made",
    file: "shared/codec/value_writer.ts",
    find: "  if (!isSorted(keys)) keys.sort(compareKeys);\n",
    put: "",
  },
  {
    name: "half a character is carried",
    file: "shared/codec/value_writer.ts",
    find: "if (!text.isWellFormed()) {",
    put: "if (text.length < 0) {",
  },
  {
    name: "an object may name a member twice",
    file: "shared/codec/value_reader.ts",
    find: "compareKeys(before, key) >= 0",
    put: "compareKeys(before, key) > 0",
  },
  {
    name: "an object's prototype comes from outside",
    file: "shared/codec/value_reader.ts",
    find: "if (key === FORBIDDEN_KEY) {",
    put: "if (key.length < 0) {",
  },
  {
    name: "a value is a level deeper than it may be",
    file: "shared/codec/value_reader.ts",
    find: "if (depth < source.depthMax) return depth + 1;",
    put: "if (depth <= source.depthMax) return depth + 1;",
  },
  {
    name: "a safe integer is read from eight bytes",
    file: "shared/codec/value_reader.ts",
    find: "(Number.isFinite(value) && !Number.isSafeInteger(value))",
    put: "Number.isFinite(value)",
  },
  {
    name: "NaN is read",
    file: "shared/codec/value_reader.ts",
    find: "(Number.isFinite(value) && !Number.isSafeInteger(value))",
    put: "!Number.isSafeInteger(value)",
  },
  {
    name: "minus nothing is nothing",
    file: "shared/codec/value_writer.ts",
    find: "Number.isSafeInteger(value) && !Object.is(value, -0)",
    put: "Number.isSafeInteger(value)",
  },
  {
    name: "a bigint has longer forms",
    file: "shared/codec/value_reader.ts",
    find: "magnitude[0] === 0 || (",
    put: "(",
  },
  {
    name: "a bigint loses its sign",
    file: "shared/codec/value_reader.ts",
    find: "return sign === 1 ? -value : value;",
    put: "return value;",
  },
  {
    name: "a time that no Date has is read",
    file: "shared/codec/value_reader.ts",
    find: "if (Math.abs(timeMs) <= DATE_MS_MAX) return",
    put: "if (Number.isInteger(timeMs)) return",
  },
  {
    name: "a hole is carried as nothing",
    file: "shared/codec/value_writer.ts",
    find: "if (item === undefined && !Object.hasOwn(array, i)) {",
    put: "if (i < 0) {",
  },
  {
    name: "a leading U+FEFF is lost",
    file: "shared/codec/reader.ts",
    find: ", ignoreBOM: true",
    put: "",
  },
  {
    name: "text that is no UTF-8 is read as something",
    file: "shared/codec/reader.ts",
    find: "fatal: true, ",
    put: "",
  },
  {
    name: "bytes that are left over do not matter",
    file: "shared/codec/reader.ts",
    find:
      '    if (left > 0) throw decodeError(this.#at, `${left} more`, "the end");\n',
    put: "",
  },
  {
    name: "keys are in the order of their units",
    file: "shared/codec/key_order.ts",
    find: "return rank(left) - rank(right);",
    put: "return left - right;",
  },
  {
    name: "a record goes on where the last one of all left off",
    file: "shared/codec/records.ts",
    find: "      from = same + count;\n    }\n    this",
    put: "      from += fresh + count;\n    }\n    this",
  },
  {
    name: "records may have any size",
    file: "shared/codec/records.ts",
    find: "if (length > bytes) {",
    put: "if (length > Infinity) {",
  },
  {
    name: "a record is written after one of long before",
    file: "shared/codec/records.ts",
    find: "    before = start;\n",
    put: "",
  },
  {
    name: "the writer loses a sign",
    file: "shared/codec/writer.ts",
    find: "const sign = value < 0 ? 1 : 0;",
    put: "const sign = value < -1 ? 1 : 0;",
  },
  {
    name: "a buffer that grows loses what was there",
    file: "shared/codec/writer.ts",
    find: "    grown.set(this.#bytes.subarray(0, this.#length));\n",
    put: "    grown.set(this.#bytes.subarray(0, this.#length - 1));\n",
  },
  {
    name: "long text is cut at a surrogate",
    file: "shared/codec/carried.ts",
    find: "return value.isWellFormed();",
    put: "return true;",
  },
  {
    name: "room for a record is the bytes that it is read from",
    file: "shared/codec/records.ts",
    find: "new Room(new Uint8Array(reader.between(...this.#first)))",
    put: "new Room(reader.between(...this.#first))",
  },
  {
    name: "a symbol for a key goes unseen",
    file: "shared/codec/carried.ts",
    find: "return Object.getOwnPropertySymbols(value).length === 0;",
    put: "return true;",
  },
  {
    name: "a long length is written over what it counts",
    file: "shared/codec/writer.ts",
    find: "copyWithin(start + head.length - 1, start, end)",
    put: "copyWithin(start + head.length, start, end)",
  },
];
