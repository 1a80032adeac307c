/** The bytes of this protocol version are what its golden vectors say. */

import { assertEquals, assertThrows } from "@std/assert";
import { DecodeError } from "../../shared/codec/decode_error.ts";
import { decodeValue, encodeValue } from "../../shared/codec/value.ts";
import { decodeMessage, encodeMessage } from "../../shared/protocol/message.ts";
import { CHANGES, MESSAGES, REFUSED, VALUES } from "./golden_cases.ts";
import { bytesOfHex, VECTORS, vectors } from "./golden_vectors.ts";
import { crdtTypes } from "../../shared/crdt/registry.ts";

Deno.test("bytes do not change their meaning unless PROTOCOL_VERSION is raised: `deno task golden`", async () => {
  assertEquals(vectors(), await Deno.readTextFile(VECTORS));
});

Deno.test("golden values and messages are read as what they were", () => {
  for (const value of VALUES) {
    assertEquals(decodeValue(encodeValue(value)), value);
  }
  for (const message of Object.values(MESSAGES)) {
    assertEquals<unknown>(decodeMessage(encodeMessage(message)), message);
  }
  assertEquals(
    CHANGES.map(([type]) => type).sort(),
    [...crdtTypes.keys()].sort(),
  );
});

for (const [hex, why] of REFUSED) {
  Deno.test(`no value: ${why}`, () => {
    assertThrows(() => decodeValue(bytesOfHex(hex)), DecodeError);
  });
}
