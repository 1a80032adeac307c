/** Rules over the latest state, and rules and computations that throw. */

import { assert, assertEquals } from "@std/assert";
import { Reader } from "../../shared/codec/reader.ts";
import { readLww } from "../../shared/crdt/lww_row.ts";
import type { Message } from "../../shared/protocol/message.ts";
import { assertHarmless } from "./bystander.ts";
import { eventually } from "./deadline.ts";
import {
  eventOf,
  freshActor,
  mapEffect,
  notesOf,
  writeOf,
} from "./raw_write.ts";
import { startFixture } from "./running_fixture.ts";
import { WireClient } from "./wire_client.ts";

const PATHS = ["/client/notes", "/client/board", "/client/said"];
const [NOTES, BOARD, SAID] = [1, 2, 3];

/** Every value that a client was sent for a want, by key, in order. */
function valuesOf(client: WireClient, want: number): [string, unknown][] {
  return client.messages.flatMap((message: Message) =>
    message.type === "live" ? message.parts : []
  ).filter((part) => part.want === want).flatMap(({ rows }) =>
    rows.map(({ key, body }): [string, unknown] => [
      key,
      readLww(new Reader(body)).value,
    ])
  );
}

function lastOf(client: WireClient, want: number): unknown {
  return valuesOf(client, want).at(-1)?.[1];
}

function moodOf(actor: string, n: number, user: string, mood: string) {
  return writeOf(actor, n, mapEffect("/db/moods", { [user]: mood }));
}

Deno.test("rules hold, and what throws harms nobody else", async (t) => {
  await using fixture = await startFixture();
  const { url } = fixture;

  await t.step("withCheck sees the state as the write finds it", async () => {
    using ann = await WireClient.join(url, "ann", PATHS);
    const [actor, other] = [freshActor(), freshActor()];
    const second = { "ann/second": "2" };
    const early = await ann.write(notesOf(actor, 1, second));
    assertEquals(early.fault?.code, "forbidden");
    // In one push: each write is judged after those before it.
    const from = ann.messages.length;
    ann.push(
      notesOf(actor, 2, { "ann/first": "1" }),
      notesOf(actor, 3, second),
      notesOf(other, 1, { "ann/first": null }),
      notesOf(other, 2, { "ann/second": "3" }),
    );
    const last = await ann.verdict({ actor: other, n: 2 }, from);
    assertEquals(last.fault?.code, "forbidden");
    assertEquals((await ann.verdict({ actor, n: 3 }, from)).fault, null);
    // In one write: each row is judged after those before it.
    const both = { "ann/first": "4", "ann/second": "5" };
    assertEquals((await ann.write(notesOf(other, 3, both))).fault, null);
    const swapped = { "ann/first": null, "ann/second": "6" };
    const undone = await ann.write(notesOf(other, 4, swapped));
    assertEquals(undone.fault?.code, "forbidden");
    await eventually("her rows come", () => lastOf(ann, NOTES) === "5");
    assertEquals(Object.fromEntries(valuesOf(ann, NOTES)), {
      "ann/first": "4",
      "ann/second": "5",
    });
  });

  await t.step("a withCheck that throws refuses", async () => {
    await assertHarmless(fixture, async () => {
      using ann = await WireClient.join(url, "ann");
      const write = notesOf(freshActor(), 1, { "ann/throws": "x" });
      assertEquals((await ann.write(write)).fault?.code, "forbidden");
    });
  });

  await t.step("a using that throws hides the row, and no other", async () => {
    using ann = await WireClient.join(url, "ann", PATHS);
    using bob = await WireClient.join(url, "bob", PATHS);
    const actor = freshActor();
    const board = (n: number, values: Record<string, string>) =>
      writeOf(actor, n, mapEffect("/db/board", values));
    await ann.write(board(1, { a: "seen", b: "throw", c: "seen" }));
    await ann.write(board(2, { d: "last" }));
    const seen: [string, unknown][] = [["a", "seen"], ["c", "seen"], [
      "d",
      "last",
    ]];
    for (const client of [ann, bob]) {
      await eventually(
        "the board comes",
        () => lastOf(client, BOARD) === "last",
      );
      assertEquals(valuesOf(client, BOARD), seen);
    }
    using late = await WireClient.join(url, "bob", PATHS);
    assertEquals(valuesOf(late, BOARD), seen);
  });

  await t.step(
    "an event that throws is refused, and nothing is written",
    async () => {
      await assertHarmless(fixture, async () => {
        using ann = await WireClient.join(url, "ann");
        for (const path of ["/server/note", "/db/tally"]) {
          const event = eventOf(freshActor(), 1, path, "throw");
          const { fault } = await ann.write(event);
          assertEquals([fault?.code, fault?.path], [
            "computation-failed",
            path,
          ]);
        }
      });
    },
  );

  await t.step("an event whose keys nobody holds yet is computed", async () => {
    using ann = await WireClient.join(url, "ann", PATHS);
    const actor = freshActor();
    const noted = await ann.write(eventOf(actor, 1, "/server/note", "noted"));
    assertEquals(noted.fault, null);
    const tallied = await ann.write(eventOf(actor, 2, "/db/tally", null));
    assertEquals(tallied.fault, null);
    await eventually(
      "both come",
      () =>
        ["ann/noted", "ann/tally"].every((key) =>
          valuesOf(ann, NOTES).some(([found]) => found === key)
        ),
    );
  });

  await t.step(
    "a computation of the server that throws for one goes on for others",
    async () => {
      using bob = await WireClient.join(url, "bob", PATHS);
      using ann = await WireClient.join(url, "ann", PATHS);
      const [anns, bobs] = [freshActor(), freshActor()];
      await ann.write(moodOf(anns, 1, "ann", "server"));
      const said = lastOf(bob, SAID);
      await bob.write(notesOf(bobs, 1, { [`bob/${bobs}`]: "x" }));
      await eventually("bob's count", () => lastOf(bob, SAID) !== said);
      await ann.write(notesOf(anns, 2, { [`ann/${anns}`]: "x" }));
      await eventually("her rows come still", () => lastOf(ann, NOTES) === "x");
      await ann.write(moodOf(anns, 3, "ann", "fine"));
      await eventually(
        "what she is told",
        () => lastOf(ann, SAID) === lastOf(bob, SAID),
      );
    },
  );

  await t.step(
    "a computation of the db that throws leaves the last value",
    async () => {
      using bob = await WireClient.join(url, "bob", PATHS);
      using ann = await WireClient.join(url, "ann", PATHS);
      const [anns, bobs] = [freshActor(), freshActor()];
      const said = lastOf(bob, SAID);
      assert(typeof said === "string");
      await ann.write(moodOf(anns, 1, "ann", "db"));
      const { fault } = await bob.write(
        notesOf(bobs, 1, { "bob/during": "x" }),
      );
      assertEquals(fault, null);
      await eventually("his row", () => lastOf(bob, NOTES) === "x");
      await bob.check();
      assertEquals(lastOf(bob, SAID), said);
      // The node lives: whoever comes now gets rows, and no value yet.
      using late = await WireClient.open(url, "bob");
      await late.hello(PATHS);
      await eventually(
        "rows of one who comes late",
        () => lastOf(late, NOTES) !== undefined,
      );
      await ann.write(moodOf(anns, 2, "ann", "fine"));
      await eventually("the value goes on", () => lastOf(bob, SAID) !== said);
      await eventually(
        "also to who came late",
        () => lastOf(late, SAID) === lastOf(bob, SAID),
      );
    },
  );
});
