/** Wants that a client may not have, and more of them than anybody needs. */

import { assert, assertEquals } from "@std/assert";
import { encodeMessage, type Message } from "../../shared/protocol/message.ts";
import type { Cursor, Want } from "../../shared/protocol/want.ts";
import { WANTS_MAX } from "../../shared/protocol/limits.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { assertHarmless } from "./bystander.ts";
import { startFixture } from "./running_fixture.ts";
import { FIRST_LINK, helloOf, wantOf, WireClient } from "./wire_client.ts";

const NOTES = "/client/notes";
const LAST = Number.MAX_SAFE_INTEGER;

/** What no client of the fixture can have. */
const UNASKABLE = [
  "/db/ledger",
  "/db/sealed",
  "/client/none",
  "/db/count_notes",
  "#ring",
  "",
  "__proto__",
];

type Demand = Extract<Message, { type: "demand" }>;

function demandOf(client: WireClient, demand: Partial<Demand>): Demand {
  return {
    type: "demand",
    link: client.link,
    version: 1,
    add: [],
    drop: [],
    ...demand,
  };
}

/** The values of all rows that a client was sent, as far as they are text. */
function sentText(client: WireClient): string {
  return client.frames.map((frame) =>
    typeof frame === "string" ? frame : new TextDecoder().decode(frame)
  ).join();
}

Deno.test("a client gets what it may have, whatever it asks for", async (t) => {
  await using fixture = await startFixture();
  const { url } = fixture;

  await t.step("a hello for what clients may not ask is refused", async () => {
    await assertHarmless(fixture, async () => {
      for (const path of UNASKABLE) {
        using mallory = await WireClient.open(url, "mallory");
        mallory.send(helloOf(FIRST_LINK, [NOTES, path]));
        const closed = await mallory.untilClosed();
        const [answer] = mallory.messages;
        assert(answer?.type === "refusal" && mallory.messages.length === 1);
        assertEquals(answer.fault.code, "unknown-path", path);
        assertEquals(closed.reason, "unknown-path", path);
      }
    }, "untouched");
  });

  await t.step("a demand for it is refused, and the link stands", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory", [NOTES]);
      let version = 0;
      for (const path of UNASKABLE) {
        const from = mallory.messages.length;
        version++;
        const add = [wantOf(1_000 + version, path)];
        mallory.send(demandOf(mallory, { version, add }));
        const answer = await mallory.until(() => true, from);
        assert(answer.type === "refusal");
        assertEquals(answer.fault.code, "unknown-path", path);
      }
      assertEquals(await mallory.check(), mallory.lastLive);
    });
  });

  await t.step(
    "a range or a consumer of one's choice is not heard",
    async () => {
      await assertHarmless(fixture, async () => {
        const wants: Want[] = [
          { ...wantOf(1, NOTES), range: WHOLE },
          { ...wantOf(2, "/client/boxes"), range: { from: "bob/", to: null } },
          {
            ...wantOf(3, "/client/said"),
            consumer: { nodeId: "bob", claims: { sub: "bob" } },
          },
        ];
        using mallory = await WireClient.open(url, "mallory");
        mallory.link = FIRST_LINK;
        mallory.send({ ...helloOf(FIRST_LINK, []), wants });
        await mallory.until((message) =>
          message.type === "live" &&
          message.parts.some(({ want }) => want === 3)
        );
        await mallory.check();
        assert(!sentText(mallory).includes("bob"));
      });
    },
  );

  await t.step(
    "cursors and seqs from nowhere harm the liar alone",
    async () => {
      await assertHarmless(fixture, async () => {
        using honest = await WireClient.join(url, "mallory", [NOTES]);
        const [welcome] = honest.messages;
        assert(welcome?.type === "welcome");
        const cursors: Cursor[] = [
          { epoch: welcome.epoch, seq: LAST, syncedMs: 0, page: null },
          {
            epoch: welcome.epoch,
            seq: 0,
            syncedMs: LAST,
            page: { key: "zzz", seq: LAST },
          },
          { epoch: "another", seq: LAST, syncedMs: LAST, page: null },
        ];
        for (const cursor of cursors) {
          using mallory = await WireClient.open(url, "mallory");
          mallory.link = LAST;
          mallory.send({
            ...helloOf(LAST, []),
            seen: LAST,
            wants: [{ ...wantOf(1, NOTES), cursor }],
          });
          await mallory.until(({ type }) => type === "live");
          await mallory.check();
          assert(!sentText(mallory).includes("bob"));
        }
      });
    },
  );

  await t.step("thousands of wants are answered once", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.open(url, "mallory");
      const many = Array.from(
        { length: 20_000 },
        (_, i) => wantOf(i + 1, NOTES),
      );
      mallory.link = FIRST_LINK;
      mallory.send({ ...helloOf(FIRST_LINK, []), wants: many });
      await mallory.until(({ type }) => type === "live");
      const from = mallory.messages.length;
      const tooMany = Array.from(
        { length: WANTS_MAX + 1 },
        () => wantOf(1, ""),
      );
      // Raw: it does not count it among its demands, for the node does not.
      mallory.sendRaw(encodeMessage(demandOf(mallory, { add: tooMany })));
      const answer = await mallory.until(() => true, from);
      assert(answer.type === "refusal");
      assertEquals(answer.fault.code, "malformed");
      await mallory.check();
      const parts = mallory.messages.flatMap((message) =>
        message.type === "live" ? message.parts : []
      );
      assertEquals(parts.length, 1);
    });
  });

  await t.step("a flood of demands is lived through", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory", [NOTES]);
      const paths = ["/client/tags", "/client/title", "/client/sealed"];
      let held: number[] = [];
      const demands = 1_000;
      for (let version = 1; version <= demands; version++) {
        const id = 100 + version;
        const add = [wantOf(id, paths[version % paths.length]!)];
        mallory.send(demandOf(mallory, { version, add, drop: held }));
        held = [id];
      }
      // One that was said before is passed over, one that leaves a hole is not.
      mallory.send(demandOf(mallory, { version: 3, drop: [1] }));
      await mallory.check();
      await mallory.until((message) =>
        message.type === "live" &&
        message.parts.some(({ want }) => want === 100 + demands)
      );
      mallory.send(demandOf(mallory, { version: 9_000, drop: [1] }));
      const answer = await mallory.until(({ type }) => type === "resync");
      assertEquals(answer, { type: "resync", link: mallory.link });
    });
  });
});
