import {
  assert,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { encodeValue } from "../../shared/codec/value.ts";
import { ValueError } from "../../shared/codec/value_error.ts";
import { encodeBase64Url } from "../../shared/crdt/base64url.ts";
import { CrdtError } from "../../shared/crdt/crdt_error.ts";
import { ELEMENT_BYTES_MAX } from "../../shared/crdt/element_key.ts";
import { GSet, gset } from "../../shared/crdt/gset.ts";
import { arbitraryElement } from "./arbitrary_row.ts";
import { folded } from "./crdt_laws.ts";
import { forSeeds } from "./seeded.ts";

Deno.test("GSet takes what has the same bytes for the same", () => {
  const set = new GSet<unknown>(new Set([{ a: 1, b: 2 }, { b: 2, a: 1 }, "x"]));
  assertEquals(set.getValue().size, 2);
  assert(set.has({ b: 2, a: 1 }) && set.has("x"));
  assert(!set.has({ a: 1 }) && !set.has(["x"]));
  const again = set.add({ a: 1, b: 2 });
  assertEquals(again.message, null);
  assertStrictEquals(again.updatedCrdt, set);
  assertStrictEquals(set.apply({ type: "add", value: "x" }), set);
});

Deno.test("GSet.add gives the operation, and leaves the old version alone", () => {
  const versions = [new GSet<number>()];
  for (let i = 0; i < 500; i++) {
    const { updatedCrdt, message } = versions[i]!.add(i);
    assertEquals(message, { type: "add", value: i });
    versions.push(updatedCrdt);
  }
  for (const [i, version] of versions.entries()) {
    assertEquals(version.has(i), false);
    assertEquals(version.has(i - 1), i > 0);
    if (i % 50 === 0) {
      const elements = Array.from({ length: i }, (_, n) => n);
      assertEquals(version.getValue(), new Set(elements));
    }
  }
});

Deno.test("GSet carries undefined, null and objects as elements", () => {
  forSeeds(200, (chance) => {
    const values = chance.many(5, () => arbitraryElement(chance)[1].value);
    const set = values.reduce<GSet<unknown>>(
      (crdt, value) => crdt.apply({ type: "add", value }),
      new GSet<unknown>([undefined]),
    );
    for (const value of [...values, undefined]) assert(set.has(value));
  });
});

Deno.test("gset.fold reads a row for an element", () => {
  const { crdt, source } = folded(gset, gset.initRows(["a", "b", { c: 1 }]));
  assertEquals([crdt.has({ c: 1 }), source.reads], [true, 1]);
  const more = crdt.add("d").updatedCrdt;
  assert(source.reads < 5);
  assertEquals(more.getValue(), new Set(["a", "b", { c: 1 }, "d"]));
  assertEquals(crdt.getValue().size, 3);
});

Deno.test("GSet limits its elements, whose keys are limited", () => {
  const largest = "x".repeat(ELEMENT_BYTES_MAX - 3);
  assertEquals(encodeValue(largest).length, ELEMENT_BYTES_MAX);
  const set = new GSet<unknown>().add(largest).updatedCrdt;
  assert(set.has(largest));
  const [[key]] = gset.rows({ type: "add", value: largest }) as [[string]];
  assertEquals(key.length, 1024);
  const error = assertThrows(() => set.add(largest + "x"), CrdtError);
  assertEquals(error.code, "element-too-large");
  assert(!set.has(largest + "x"));
  assert(gset.faultOf(key, { value: largest + "x" }) !== null);
});

Deno.test("gset.faultOf holds an element to its own key", () => {
  const [[key, row]] = [...gset.initRows(["a"])] as [[string, { value: "a" }]];
  assertEquals(key, encodeBase64Url(encodeValue("a")));
  assertEquals(gset.faultOf(key, row), null);
  assert(gset.faultOf(key, { value: "b" }) !== null);
});

Deno.test("encodeBase64Url writes what RFC 4648 says", () => {
  const bytes = new TextEncoder().encode("foobar");
  const lengths = [0, 1, 2, 3, 4, 5, 6];
  assertEquals(lengths.map((n) => encodeBase64Url(bytes.slice(0, n))), [
    "",
    "Zg",
    "Zm8",
    "Zm9v",
    "Zm9vYg",
    "Zm9vYmE",
    "Zm9vYmFy",
  ]);
  assertEquals(encodeBase64Url(new Uint8Array([0xfb, 0xff])), "-_8");
});

Deno.test("gset.rows refuses what is no message of a set", () => {
  const cases: [message: unknown, code: string, path: string][] = [
    [{ timestamp: 1, nodeId: "a", value: 1 }, "bad-message", ""],
    [new Map(), "bad-message", ""],
    [{ type: "remove", value: 1 }, "bad-message", ""],
    [{ type: "add" }, "bad-message", ""],
    ["add", "bad-message", ""],
    [{ type: "add", value: [new Map()] }, "bad-value", ".value[0]"],
  ];
  for (const [message, code, path] of cases) {
    const error = assertThrows(() => gset.rows(message as never), CrdtError);
    assertEquals([error.code, error.path], [code, path]);
  }
  assertThrows(() => new GSet([NaN]), ValueError);
  assertThrows(() => gset.initRows("abc"), CrdtError, '"abc"');
  const two = [...gset.initRows(["a", "b"])];
  assertThrows(() => gset.message(two), CrdtError, "2 rows");
});
