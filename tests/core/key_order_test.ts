import { assert, assertEquals } from "@std/assert";
import { compareBytes } from "../../shared/codec/byte_order.ts";
import { compareKeys } from "../../shared/codec/key_order.ts";
import {
  after,
  inRange,
  keyRange,
  prefixRange,
} from "../../shared/ports/key_range.ts";
import { arbitraryText } from "./arbitrary_text.ts";
import { forSeeds } from "./seeded.ts";

const encoder = new TextEncoder();

Deno.test("compareKeys orders as the UTF-8 bytes do", () => {
  assert(compareKeys("\uffee", "😀") < 0, "and not as UTF-16 units do");
  forSeeds(5000, (chance) => {
    const start = arbitraryText(chance, 2);
    const [a, b] = chance.many(2, () => start + arbitraryText(chance));
    const byBytes = compareBytes(encoder.encode(a), encoder.encode(b));
    assertEquals(Math.sign(compareKeys(a!, b!)), Math.sign(byBytes));
  });
});

Deno.test("after is the least key behind", () => {
  forSeeds(2000, (chance) => {
    const [a, b] = chance.many(2, () => arbitraryText(chance, 3));
    assert(compareKeys(a!, after(a!)) < 0);
    assert(!(compareKeys(a!, b!) < 0 && compareKeys(b!, after(a!)) < 0));
    assertEquals(inRange(keyRange(a!), b!), a === b);
  });
});

Deno.test("prefixRange holds exactly the keys with the prefix", () => {
  forSeeds(5000, (chance) => {
    const prefix = arbitraryText(chance, 2);
    const key = chance.pick(["", prefix]) + arbitraryText(chance, 3);
    assertEquals(inRange(prefixRange(prefix), key), key.startsWith(prefix));
  });
});

Deno.test("prefixRange steps over the surrogates, and has no end behind the last", () => {
  assertEquals(prefixRange("a/"), { from: "a/", to: "a0" });
  assertEquals(prefixRange("a\ud7ff").to, "a\ue000");
  assertEquals(prefixRange("a\uffff").to, "a\u{10000}");
  assertEquals(prefixRange("a\u{10ffff}").to, "b");
  assertEquals(prefixRange("\u{10ffff}\u{10ffff}").to, null);
  assertEquals(prefixRange(""), { from: "", to: null });
});
