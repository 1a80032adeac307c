/** What an author alone may make, under another's name. */

import { assertEquals, assertThrows } from "@std/assert";
import { DecodeError } from "../../shared/codec/decode_error.ts";
import {
  messageFrom,
  messageToBytes,
} from "../../shared/crdt/message_bytes.ts";
import { crdtTypes, sequence } from "../../shared/crdt/registry.ts";
import { Sequence } from "../../shared/crdt/sequence/sequence.ts";
import { readEffects, wireEffect } from "../../shared/node/read_effects.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";

const PATH = "/db/text";
const text = crdtTypes.get("Sequence")!;
const APP = parseAppSpec({
  zones: {
    db: { text: { crdtType: "Sequence", valueType: "string", init: () => [] } },
    tab: {},
  },
  channels: [{ type: "websocket", fromZone: "db", toZone: "tab" }],
});
const { message, updatedCrdt: bens } = Sequence
  .startEmpty<unknown>("ben-1", { now: () => 5 }).insert(0, ["a", "b"]);

Deno.test("nobody begins a run of a sequence in another's name", () => {
  const effect = { nodeId: "ann-1", path: PATH, msg: message };
  const wire = wireEffect(APP, effect, "ben-1");
  assertEquals(readEffects(APP, [wire], { actor: "ben-1", n: 1 }).length, 1);
  const { fault } = assertThrows(
    () => readEffects(APP, [wire], { actor: "ann-1", n: 1 }),
    FaultError,
  );
  assertEquals([fault.code, fault.path], ["forged-writer", PATH]);
  assertEquals([fault.found, fault.wanted], ["ben-1", "ann-1"]);
});

Deno.test("everybody takes out of a sequence what another has put in", () => {
  const ann = Sequence.startEmpty<unknown>("ann-1", { now: () => 5 })
    .apply(message!);
  const msg = ann.delete(0, 1).message;
  const wire = wireEffect(APP, { nodeId: "ann-1", path: PATH, msg }, "ann-1");
  const [change] = readEffects(APP, [wire], { actor: "ann-1", n: 1 });
  const after = bens.apply(text.message([[change!.key, change!.change]]));
  assertEquals(after.getValue(), ["b"]);
});

Deno.test("messageFrom believes no message of another author", () => {
  const bytes = messageToBytes(sequence, message!, "ben-1");
  assertEquals(messageFrom(sequence, bytes, "ben-1"), message);
  assertThrows(
    () => messageFrom(sequence, bytes, "ann-1"),
    DecodeError,
    "ben-1 alone may write",
  );
});

Deno.test("nothing is typed behind what is not there, and nothing taken out of it", () => {
  const rows = new Map(sequence.rows(message!));
  const rowAt = (key: string) => rows.get(key);
  const [[run]] = [...rows] as [[string, unknown]];
  const more = bens.insert(2, ["c"]).message!;
  const other = Sequence.startEmpty<unknown>("ann-1", { now: () => 6 })
    .apply(message!).insert(1, ["x"]).message!;
  const gone = bens.delete(1, 1).message!;
  const dot = { actor: "ann-1", counter: 9 };
  for (const one of [more, other, gone]) {
    const [[key, change]] = [...sequence.rows(one)] as [[string, never]];
    assertEquals(sequence.missing(key, change, rowAt, dot, () => false), null);
    const missing = sequence.missing(
      key,
      change,
      () => undefined,
      dot,
      () => false,
    );
    assertEquals(missing, `element 1 of ${run}`);
  }
});
