import { assert, assertEquals, assertThrows } from "@std/assert";
import { compareBytes, equalBytes } from "../../shared/codec/byte_order.ts";
import { DecodeError } from "../../shared/codec/decode_error.ts";
import {
  assertValue,
  compareValues,
  decodeValue,
  encodeValue,
  equalValues,
} from "../../shared/codec/value.ts";
import { ValueError } from "../../shared/codec/value_error.ts";
import { arbitraryValue } from "./arbitrary_value.ts";
import { forSeeds } from "./seeded.ts";

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function refusal(value: unknown): ValueError {
  assertThrows(() => assertValue(value), ValueError);
  return assertThrows(() => encodeValue(value), ValueError);
}

Deno.test("decodeValue gives back what encodeValue was given", () => {
  forSeeds(3000, (chance) => {
    const value = arbitraryValue(chance);
    const bytes = encodeValue(value);
    const back = decodeValue(bytes);
    assertEquals(back, value);
    assertEquals(encodeValue(back), bytes);
    assertValue(value);
  });
});

Deno.test("encodeValue keeps its bytes from version to version", () => {
  const value = {
    b: [true, false, null, undefined, -0, 1.5],
    a: "é",
    "": -65,
    z: new Date(1),
    n: -256n,
    y: new Uint8Array([7]),
  };
  assertEquals(
    hex(encodeValue(value)),
    "09 06 00 04 81 01 01 61 06 02 c3 a9 01 62 08 06 03 02 01 00 " +
      "05 80 00 00 00 00 00 00 00 05 3f f8 00 00 00 00 00 00 " +
      "01 6e 0a 01 02 01 00 01 79 07 01 07 01 7a 0b 02",
  );
});

Deno.test("encodeValue gives equal values equal bytes, whatever their history", () => {
  const one = { a: 1, "\uffee": 2, "😀": 3 };
  const other = Object.assign(Object.create(null), {
    "😀": 3,
    "\uffee": 2,
    a: 1,
  });
  assertEquals(encodeValue(one), encodeValue(other));
  assert(equalValues(one, other));
  assert(!equalValues({ a: undefined }, {}));
  assert(!equalValues(0, -0));
  assert(!equalValues(null, undefined));
  assert(!equalValues([1], { 0: 1 }));
});

Deno.test("compareValues orders as the bytes do", () => {
  forSeeds(500, (chance) => {
    const [a, b] = [arbitraryValue(chance, 1), arbitraryValue(chance, 1)];
    const [x, y] = [encodeValue(a), encodeValue(b)];
    assertEquals(Math.sign(compareValues(a, b)), Math.sign(compareBytes(x, y)));
    assertEquals(equalValues(a, b), equalBytes(x, y));
  });
});

Deno.test("encodeValue names the place and the kind of what it refuses", () => {
  class Point {}
  const cycle: unknown[] = [];
  cycle.push([cycle]);
  const holed = [1, undefined, 2];
  delete holed[1];
  const cases: [value: unknown, path: string, found: string][] = [
    [NaN, "", "NaN"],
    [{ a: [0, 1, 2, Infinity] }, ".a[3]", "Infinity"],
    [[() => 0], "[0]", "a function"],
    [{ "b c": Symbol() }, '["b c"]', "a symbol"],
    [{ p: new Point() }, ".p", "an instance of Point"],
    [new Map(), "", "an instance of Map"],
    [[new Set()], "[0]", "an instance of Set"],
    [Object(1), "", "an instance of Number"],
    [new Date(NaN), "", "an invalid Date"],
    [holed, "[1]", "a hole"],
    ["a\ud800", "", "text with a lone surrogate"],
    ["x".repeat(100) + "\udc00", "", "text with a lone surrogate"],
    [{ "\ud800": 1 }, '["\\ud800"]', "text with a lone surrogate"],
    [JSON.parse('{"__proto__":1}'), ".__proto__", "a reserved key"],
    [{ [Symbol()]: 1 }, "", "an object with a symbol for a key"],
    [1n << (8n * 65_536n), "", "a bigint of 65537 bytes"],
  ];
  for (const [value, path, found] of cases) {
    const error = refusal(value);
    assertEquals([error.code, error.path, error.found], [
      "bad-value",
      path,
      found,
    ]);
  }
  assertEquals(refusal(cycle).path, "[0]".repeat(64));
});

Deno.test("encodeValue takes 64 levels and refuses the next", () => {
  let deep: unknown = 1;
  for (let i = 0; i < 64; i++) deep = i % 2 ? [deep] : { deep };
  assertEquals(decodeValue(encodeValue(deep)), deep);
  assertEquals(refusal([deep]).wanted, "at most 64 levels");
  const bytes = new Uint8Array([...new Array(65).fill([8, 1]).flat(), 1]);
  assertThrows(() => decodeValue(bytes), DecodeError, "at most 64 levels");
  assertEquals(encodeValue(decodeValue(bytes.subarray(2))), bytes.slice(2));
});

Deno.test("decodeValue gives ordinary objects that share no bytes", () => {
  const bytes = encodeValue({ a: new Uint8Array([1, 2]) });
  const value = decodeValue(bytes) as { a: Uint8Array };
  assertEquals(Object.getPrototypeOf(value), Object.prototype);
  bytes.fill(0);
  assertEquals(value.a, new Uint8Array([1, 2]));
});
