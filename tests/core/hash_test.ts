import { assertEquals } from "@std/assert";
import { hash32, hashHex } from "../../shared/codec/hash.ts";

const encoder = new TextEncoder();
const FOX = "The quick brown fox jumps over the lazy dog";

Deno.test("hash32 is MurmurHash3_x86_32 under seed 0", () => {
  assertEquals(hash32(""), 0);
  assertEquals(hash32("hello"), 0x248bfa47);
  assertEquals(hash32("hello, world"), 0x149bbb7f);
  assertEquals(hash32(FOX), 0x2e4ff723);
});

Deno.test("hashHex is that and the same under seed 9747b28c", () => {
  assertEquals(hashHex(new Uint8Array()), "00000000ebb6c228");
  assertEquals(hashHex(encoder.encode(FOX)), "2e4ff7232fa826cd");
});

Deno.test("hashHex tells near contents apart, wherever they lie in a buffer", () => {
  const seen = new Set<string>();
  const buffer = new Uint8Array(40);
  for (let length = 0; length < 32; length++) {
    for (const at of [3, 4]) {
      buffer.fill(0);
      buffer.fill(1, at, at + length);
      seen.add(hashHex(buffer.subarray(at, at + length)));
      seen.add(hashHex(buffer.slice(at - 1, at + length)));
    }
  }
  assertEquals(seen.size, 64);
});
