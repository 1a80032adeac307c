/** Frames that are no messages, and messages at the wrong moment. */

import { assert, assertEquals } from "@std/assert";
import { CODES } from "../../shared/protocol/code_sentences.ts";
import { encodeMessage, type Message } from "../../shared/protocol/message.ts";
import { FRAME_BYTES_MAX } from "../../shared/protocol/limits.ts";
import { Seeded } from "../core/seeded.ts";
import { assertHarmless } from "./bystander.ts";
import { notesOf } from "./raw_write.ts";
import { startFixture } from "./running_fixture.ts";
import { FIRST_LINK, helloOf, wantOf, WireClient } from "./wire_client.ts";

const SEED = Number(Deno.env.get("SEED") ?? 1);
const ACTOR = "mallory-by-hand";
const PATHS = ["/client/notes", "/client/board"];

/** What a client may say, about others' keys where it writes. */
const VALID: readonly Message[] = [
  helloOf(FIRST_LINK + 1, PATHS),
  { type: "check", link: FIRST_LINK, number: 1, demands: 0 },
  { type: "ack", link: FIRST_LINK, number: 1 },
  {
    type: "demand",
    link: FIRST_LINK,
    version: 1,
    add: [wantOf(99, "/client/tags")],
    drop: [1],
  },
  {
    type: "push",
    link: FIRST_LINK,
    writes: [1, 2, 3].map((n) => notesOf(ACTOR, n, { "somebody/else": "x" })),
  },
];

function randomBytes(chance: Seeded, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => chance.below(256));
}

/** Bytes with a few flipped, cut, doubled or put in. */
function mutated(chance: Seeded, bytes: Uint8Array): Uint8Array {
  const list = [...bytes];
  for (let times = 1 + chance.below(3); times > 0; times--) {
    const at = chance.below(list.length);
    const byte = chance.below(256);
    switch (chance.below(4)) {
      case 0:
        list[at] = byte;
        break;
      case 1:
        list.splice(at, 1 + chance.below(4));
        break;
      case 2:
        list.splice(at, 0, byte);
        break;
      default:
        list.splice(at, 0, ...list.slice(at, at + chance.below(8)));
    }
  }
  return Uint8Array.from(list);
}

Deno.test("garbage frames are each answered, and change nothing", async (t) => {
  await using fixture = await startFixture();
  const { url } = fixture;

  await t.step("random bytes, texts and truncated messages", async () => {
    const chance = new Seeded(SEED);
    const random = chance.many(1_500, () => {
      const bytes = randomBytes(chance, chance.below(200));
      // No message has this tag, so that no chance makes a message of it.
      if (bytes.length > 0) bytes[0] = 11 + chance.below(245);
      return bytes;
    });
    const texts = chance.many(200, () => `{"type":${chance.below(1_000)}}`);
    const cut = VALID.flatMap((message) => {
      const bytes = encodeMessage(message);
      return Array.from(bytes, (_, length) => bytes.slice(0, length));
    });
    const garbage = chance.shuffled([...random, ...texts, ...cut]);
    console.log(`${garbage.length} garbage frames of seed ${SEED}`);
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory", PATHS);
      const from = mallory.messages.length;
      for (const frame of garbage) mallory.sendRaw(frame);
      await mallory.check();
      const answers = mallory.messages.slice(from, -1);
      assertEquals(answers.length, garbage.length);
      for (const answer of answers) {
        assert(answer.type === "refusal");
        assertEquals(answer.fault.code, "malformed");
      }
    });
  });

  await t.step("mutated messages", async () => {
    const chance = new Seeded(SEED);
    const frames = chance.many(
      1_500,
      () => mutated(chance, encodeMessage(chance.pick(VALID))),
    );
    console.log(`${frames.length} mutated frames of seed ${SEED}`);
    await assertHarmless(fixture, async () => {
      let next = 0;
      while (next < frames.length) {
        using mallory = await WireClient.join(url, "mallory", PATHS);
        // A frame that is a hello of another kind ends the socket.
        for (; next < frames.length && !mallory.closed; next++) {
          mallory.sendRaw(frames[next]!);
          if (next % 20 === 0) await answered(mallory);
        }
        await answered(mallory);
        for (const message of mallory.messages) {
          if (message.type !== "refusal") continue;
          assert(Object.hasOwn(CODES, message.fault.code));
          assert(message.fault.code !== "internal", message.fault.found);
        }
      }
    });
  });

  await t.step("oversized frames", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory", PATHS);
      const valid = encodeMessage(VALID.at(-1)!);
      for (const length of [FRAME_BYTES_MAX + 1, 2 ** 20, 8 * 2 ** 20]) {
        const from = mallory.messages.length;
        const frame = new Uint8Array(length);
        frame.set(valid);
        mallory.sendRaw(frame);
        const answer = await mallory.until(() => true, from);
        assert(answer.type === "refusal");
        assertEquals(answer.fault.code, "too-large");
      }
    });
  });

  await t.step("messages before the hello, and those of a server", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.open(url, "mallory");
      const push = VALID.at(-1)!;
      for (const link of [0, FIRST_LINK]) {
        const from = mallory.messages.length;
        mallory.send({ ...push, link } as Message);
        const answer = await mallory.until(() => true, from);
        assertEquals(answer, { type: "resync", link: 0 });
      }
      await mallory.hello(PATHS);
      for (const type of ["ack", "checked"] as const) {
        const from = mallory.messages.length;
        mallory.send({ type, link: mallory.link, number: 1 });
        const answer = await mallory.until(
          (message) => message.type === "refusal",
          from,
        );
        assert(answer.type === "refusal");
        assertEquals(answer.fault.code, "malformed");
      }
    });
  });
});

/** Waits until what was sent is answered, or the socket was closed for it. */
async function answered(client: WireClient): Promise<void> {
  if (client.closed) return;
  const from = client.messages.length;
  client.send({ type: "check", link: client.link, number: 0, demands: 0 });
  const isAnswer = ({ type }: Message) =>
    type === "checked" || type === "resync";
  await Promise.race([
    client.until(isAnswer, from).catch((error) => {
      if (!client.closed) throw error;
    }),
    client.untilClosed(),
  ]);
}
