/** What a commit costs in rows, by SQLite's own counter. */

import { assert, assertEquals } from "@std/assert";
import { Miniflare } from "miniflare";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import {
  freshActor,
  mapEffect,
  notesOf,
  writeOf,
} from "../hostile/raw_write.ts";
import {
  type RunningFixture,
  startFixture,
} from "../hostile/running_fixture.ts";
import { WireClient } from "../hostile/wire_client.ts";

const SPACE = "main";

/** The masters, as far as this test calls them. */
interface Masters {
  getByName(name: string): { stats(): Promise<{ rowsWritten: number }> };
}

function areMasters(found: object): found is Masters {
  return typeof Reflect.get(found, "getByName") === "function";
}

/** How many rows the master of a space has written since it woke. */
async function rowsWritten({ app }: RunningFixture): Promise<number> {
  const { miniflare, scriptNames } = app;
  assert(miniflare instanceof Miniflare);
  const masters: object = await miniflare.getDurableObjectNamespace(
    "DB_NODES",
    scriptNames.server,
  );
  assert(areMasters(masters));
  const { rowsWritten } = await masters.getByName(SPACE).stats();
  return rowsWritten;
}

function keys(count: number, value: string | null, from = 0) {
  const entries = Array.from(
    { length: count },
    (_, i) => [`ann/${from + i}`, value],
  );
  return Object.fromEntries(entries);
}

Deno.test("a commit writes the keys that change and one row more", async (t) => {
  await using fixture = await startFixture();
  using ann = await WireClient.join(fixture.url, "ann", ["/client/notes"]);
  const actor = freshActor();
  let n = 0;
  const cost = async (...writes: PushedWrite[]) => {
    const before = await rowsWritten(fixture);
    const from = ann.messages.length;
    ann.push(...writes);
    const codes: (string | null)[] = [];
    for (const write of writes) {
      const { fault } = await ann.verdict(write, from);
      codes.push(fault?.code ?? null);
    }
    return { rows: await rowsWritten(fixture) - before, codes };
  };
  const note = (values: Record<string, string | null>) =>
    notesOf(actor, ++n, values);
  const accepted = { codes: [null] };

  await t.step("one key: 2", async () => {
    assertEquals(await cost(note(keys(1, "a"))), { rows: 2, ...accepted });
    assertEquals(await cost(note(keys(1, "b"))), { rows: 2, ...accepted });
  });
  await t.step("twenty keys in one write: 21", async () => {
    const write = note(keys(20, "a", 100));
    assertEquals(await cost(write), { rows: 21, ...accepted });
  });
  await t.step("twenty writes of one push: 21", async () => {
    const writes = Array.from(
      { length: 20 },
      (_, i) => note(keys(1, "a", 200 + i)),
    );
    const codes = Array(20).fill(null);
    assertEquals(await cost(...writes), { rows: 21, codes });
  });
  await t.step("one key written three times in one push: 2", async () => {
    const writes = ["a", "b", "c"].map((value) => note(keys(1, value, 300)));
    assertEquals(await cost(...writes), { rows: 2, codes: [null, null, null] });
  });
  await t.step("keys of two vars: 3", async () => {
    const write = writeOf(
      actor,
      ++n,
      mapEffect("/db/notes", { "ann/0": "c" }),
      mapEffect("/db/board", { "ann/0": "c" }),
    );
    assertEquals(await cost(write), { rows: 3, ...accepted });
  });
  await t.step("nothing new: 0", async () => {
    const write = note({ "ann/0": "d" });
    assertEquals((await cost(write)).rows, 2);
    const again = { ...write, n: ++n, seenThrough: n - 1 };
    assertEquals(await cost(again), { rows: 0, ...accepted });
    assertEquals(await cost(writeOf(actor, ++n)), { rows: 0, ...accepted });
  });
  await t.step("the same write again: 0", async () => {
    const write = note({ "ann/0": "e" });
    assertEquals((await cost(write)).rows, 2);
    assertEquals(await cost(write), { rows: 0, ...accepted });
  });
  await t.step("a refused one: 1, and 0 when it comes again", async () => {
    const write = note({ "ann/1": "x", "bob/1": "x" });
    const codes = ["forbidden"];
    assertEquals(await cost(write), { rows: 1, codes });
    assertEquals(await cost(write), { rows: 0, codes });
  });
  await t.step("removing: 2; a number after a hole: 0", async () => {
    assertEquals(await cost(note({ "ann/0": null })), { rows: 2, ...accepted });
    const hole = { ...note(keys(1, "x", 900)), n: n + 5 };
    const gap = await cost(hole);
    assertEquals(gap, { rows: 0, codes: ["gap"] });
  });
});
