import { assert, assertEquals, assertThrows } from "@std/assert";
import { DecodeError } from "../../shared/codec/decode_error.ts";
import { Reader } from "../../shared/codec/reader.ts";
import { decodeValue, encodeValue } from "../../shared/codec/value.ts";
import { ValueError } from "../../shared/codec/value_error.ts";
import { Writer } from "../../shared/codec/writer.ts";
import { arbitraryText } from "./arbitrary_text.ts";
import { arbitraryValue } from "./arbitrary_value.ts";
import { mutated } from "./hostile_bytes.ts";
import { forSeeds } from "./seeded.ts";

function bytesOf(...bytes: number[]): Reader {
  return new Reader(new Uint8Array(bytes));
}

Deno.test("decodeValue gives any bytes one value of that one encoding, or DecodeError", () => {
  let taken = 0;
  forSeeds(10_000, (chance) => {
    const bytes = encodeValue(arbitraryValue(chance, 2));
    for (let i = 0; i < 5; i++) {
      const hostile = mutated(chance, bytes);
      try {
        assertEquals([...encodeValue(decodeValue(hostile))], [...hostile]);
        taken++;
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        assertEquals(error.code, "malformed");
        assert(error.at >= 0 && error.at <= hostile.length);
      }
    }
  });
  assert(taken > 5000, `only ${taken} of 50,000 were values`);
});

Deno.test("decodeValue refuses every other form of a value", () => {
  const forms: Record<string, number[]> = {
    "a longer varint": [4, 0x80, 0x00],
    "a varint beyond 2^53": [6, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x10],
    "a longer zigzag": [4, 0x82, 0x80, 0x00],
    "-(2^53)": [4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f],
    "an integer as a float": [5, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0],
    "NaN": [5, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
    "infinity": [5, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0],
    "overlong UTF-8": [6, 2, 0xc1, 0x81],
    "a surrogate in UTF-8": [6, 3, 0xed, 0xa0, 0x80],
    "keys out of order": [9, 2, 1, 0x62, 1, 1, 0x61, 1],
    "a key twice": [9, 2, 1, 0x61, 1, 1, 0x61, 1],
    "__proto__": [9, 1, 9, ...new TextEncoder().encode("__proto__"), 1],
    "minus zero as bigint": [10, 1, 0],
    "a bigint with a leading zero": [10, 0, 2, 0, 1],
    "a bigint's third sign": [10, 2, 1, 1],
    "a time no Date has": [11, ...zigzag(8.64e15 + 1)],
    "an unknown tag": [12],
    "more than one value": [1, 1],
    "nothing": [],
  };
  for (const [name, bytes] of Object.entries(forms)) {
    assertThrows(
      () => decodeValue(Uint8Array.from(bytes)),
      DecodeError,
      "Cannot decode",
      name,
    );
  }
});

function zigzag(value: number): Uint8Array {
  const writer = new Writer();
  writer.int(value);
  return writer.finish();
}

Deno.test("Reader believes no count that the bytes cannot hold", () => {
  for (const tag of [6, 7, 8, 9]) {
    const writer = new Writer();
    writer.u8(tag);
    writer.uint(2 ** 40);
    assertThrows(() => decodeValue(writer.finish()), DecodeError);
  }
  assertEquals(bytesOf(2, 0, 0, 0, 0).count(2), 2);
  assertThrows(
    () => bytesOf(3, 0, 0, 0, 0).count(2),
    DecodeError,
    "count of 3",
  );
});

Deno.test("Reader reads what Writer wrote, at every width of a varint", () => {
  for (let bits = 0; bits <= 53; bits++) {
    for (const value of [2 ** bits - 1, Math.min(2 ** bits, 2 ** 53 - 1)]) {
      const writer = new Writer();
      writer.uint(value);
      assertEquals(writer.length, Math.max(1, Math.ceil(bitsOf(value) / 7)));
      writer.int(value);
      writer.int(-value);
      const reader = new Reader(writer.finish());
      assertEquals([reader.uint(), reader.int(), reader.int()], [
        value,
        value,
        value === 0 ? 0 : -value,
      ]);
      reader.expectEnd();
    }
  }
});

Deno.test("Reader.uint refuses what is no safe integer", () => {
  const sevenTimes = new Array(7).fill(0xff);
  assertEquals(bytesOf(...sevenTimes, 0x0f).uint(), 2 ** 53 - 1);
  assertThrows(() => bytesOf(...sevenTimes, 0x10).uint(), DecodeError);
  assertThrows(() => bytesOf(...sevenTimes, 0x80, 1).uint(), DecodeError);
});

function bitsOf(value: number): number {
  return value.toString(2).length;
}

Deno.test("Reader and Writer agree on text of every length", () => {
  forSeeds(300, (chance) => {
    const text = arbitraryText(chance, 120);
    const writer = new Writer();
    writer.string(text);
    writer.string("a".repeat(chance.below(200)));
    writer.string(text);
    const reader = new Reader(writer.finish());
    assertEquals(reader.string(), text);
    reader.string();
    assertEquals(reader.string(), text);
    reader.expectEnd();
  });
});

Deno.test("Reader keeps to its limits", () => {
  assertEquals(bytesOf(2, 0x61, 0x62).string(2), "ab");
  assertThrows(() => bytesOf(2, 0x61, 0x62).string(1), DecodeError, "most 1");
  assertThrows(() => bytesOf(2, 1, 1).bytes(1), DecodeError, "at most 1");
  const narrow = { itemBytesMax: 1, depthMax: 1 };
  const long = new Reader(encodeValue("ab"), narrow);
  assertThrows(() => long.value(), DecodeError, "at most 1");
  const deep = new Reader(encodeValue([[]]), narrow);
  assertThrows(() => deep.value(), DecodeError, "at most 1 levels");
});

Deno.test("Reader shows what is left, and refuses it at the end", () => {
  const reader = bytesOf(1, 2, 3);
  assertEquals(reader.u8(), 1);
  assertEquals(reader.rest, new Uint8Array([2, 3]));
  assertThrows(() => reader.expectEnd(), DecodeError, "byte 1 is 2 more");
  assertEquals([reader.u8(), reader.u8()], [2, 3]);
  assertThrows(() => reader.u8(), DecodeError, "byte 3 is the end");
});

Deno.test("Writer takes a refused value back, and goes on", () => {
  const writer = new Writer();
  writer.u8(7);
  assertThrows(() => writer.value([1, "two", NaN]), ValueError);
  assertEquals(writer.finish(), new Uint8Array([7]));
  writer.raw(new Uint8Array(999).fill(9));
  for (const bad of [-1, 1.5, 2 ** 53, NaN]) {
    assertThrows(() => writer.uint(bad), ValueError);
  }
  assertThrows(() => writer.string("\udfff"), ValueError);
  assertEquals(writer.length, 1000);
});
