/**
 * Messages in a pool: the same bytes, and none that another writes over.
 *
 * @module
 */

import { assertEquals, assertNotEquals } from "@std/assert";
import {
  BytePool,
  LWWMap,
  lwwMap,
  messageFrom,
  messageToBytes,
} from "../../shared/mod.ts";

function written(value: string) {
  const ann = LWWMap.startEmpty<string>("ann");
  return ann.setValueForKey("milk", value).message!;
}

Deno.test("messages in a pool are what they are alone, whatever comes later", () => {
  const pool = new BytePool();
  const messages = Array.from(
    { length: 400 },
    (_, i) => written("x".repeat(i % 7 === 0 ? 5 * i : i)),
  );
  const lots = messages.map((one) => messageToBytes(lwwMap, one, "ann", pool));
  for (const [i, bytes] of lots.entries()) {
    const message = messages[i]!;
    assertEquals(messageFrom(lwwMap, bytes, "ann"), message);
    assertEquals(bytes.slice(), messageToBytes(lwwMap, message, "ann"));
  }
});

Deno.test("small lots of a pool share a buffer, large ones have their own", () => {
  const pool = new BytePool();
  const [one, two, large] = ["a", "b", "x".repeat(2_000)].map((value) =>
    messageToBytes(lwwMap, written(value), "ann", pool)
  ) as [Uint8Array, Uint8Array, Uint8Array];
  assertEquals(one.buffer === two.buffer, true);
  assertNotEquals(one.buffer, large.buffer);
  assertEquals(large.buffer.byteLength, large.length);
});
