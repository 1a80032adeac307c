import { assertEquals, assertThrows } from "@std/assert";
import { Writer } from "../../shared/codec/writer.ts";
import { refusalFrame } from "../../shared/node/frames.ts";
import { openFrame, sealFrame } from "../../shared/protocol/envelope.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import { decodeMessage } from "../../shared/protocol/message.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import { startZones } from "./local_zones.ts";

const FRAME = refusalFrame({
  code: "internal",
  path: "frame",
  found: "a frame",
  wanted: "any",
});

function sealedByVersion(version: number): Uint8Array {
  const writer = new Writer();
  writer.uint(version);
  writer.raw(FRAME);
  return writer.finish();
}

Deno.test("openFrame gives what sealFrame took, and refuses other versions", () => {
  assertEquals(openFrame(sealFrame(FRAME)), FRAME);
  for (const version of [0, PROTOCOL_VERSION + 1]) {
    const sealed = sealedByVersion(version);
    const error = assertThrows(() => openFrame(sealed), FaultError);
    assertEquals(error.code, "protocol-version");
  }
  assertThrows(() => openFrame(new Uint8Array()), FaultError);
});

Deno.test("a master answers a node of another version with a refusal", async () => {
  await using zones = await startZones();
  const master = await zones.master("home");
  const codeOf = async (sealed: Uint8Array) => {
    const [answer] = await master.call("home/0", sealed);
    const message = decodeMessage(openFrame(answer!));
    return message.type === "refusal" ? message.fault.code : message.type;
  };
  const other = sealedByVersion(PROTOCOL_VERSION + 1);
  assertEquals(await codeOf(other), "protocol-version");
  assertEquals(await codeOf(new Uint8Array()), "protocol-version");
  assertEquals(await codeOf(sealFrame(Uint8Array.of(99))), "malformed");
});
