/**
 * A master holds no space in memory, and a client of a large space is sent its
 * own rows alone. `ROWS=50000` fills less, for a quick look.
 */

import { assert, assertEquals } from "@std/assert";
import { freshActor, notesOf } from "../hostile/raw_write.ts";
import {
  type RunningFixture,
  startFixture,
} from "../hostile/running_fixture.ts";
import { WireClient } from "../hostile/wire_client.ts";
import { fillSpace } from "./fill_space.ts";
import { heapUsed } from "./heap_usage.ts";

const FEW_ROWS = 2_000;
const MANY_ROWS = Number(Deno.env.get("ROWS") ?? 200_000);
const COMMITS = 1_000;
const OWN_ROWS = 100;
const HEAP_BYTES_MAX = 4 * 2 ** 20;

async function evict({ app }: RunningFixture, space: string): Promise<void> {
  const { miniflare, scriptNames } = app;
  await miniflare.unsafeEvictDurableObject(scriptNames.db, "DbNode", {
    name: space,
  });
}

/** The heap of the masters' isolate, when one has woken over a space and committed. */
async function heapOver(
  fixture: RunningFixture,
  space: string,
  rows: number,
): Promise<number> {
  await fillSpace(fixture.url, space, rows);
  await evict(fixture, space);
  const paths = ["/client/notes", "/client/said"];
  using ann = await WireClient.join(fixture.url, "ann", paths, space);
  const actor = freshActor();
  let n = 0;
  const commit = async () => {
    n++;
    const write = notesOf(actor, n, { [`ann/${n % OWN_ROWS}`]: `note ${n}` });
    assertEquals((await ann.write(write)).fault, null);
  };
  while (n < COMMITS) await commit();
  const { miniflare, scriptNames } = fixture.app;
  const inspector = await miniflare.getInspectorURL();
  const used = await heapUsed(inspector, scriptNames.db, commit);
  await assertOwnRowsSent(fixture, space);
  await evict(fixture, space);
  return used;
}

/** One who comes to the space now is sent as many rows as are theirs. */
async function assertOwnRowsSent({ url }: RunningFixture, space: string) {
  using late = await WireClient.join(url, "ann", ["/client/notes"], space);
  const keys = late.messages.flatMap((message) =>
    message.type === "live" ? message.parts : []
  ).flatMap(({ rows }) => rows.map(({ key }) => key));
  assertEquals(keys.length, OWN_ROWS);
  assert(keys.every((key) => key.startsWith("ann/")));
}

Deno.test("a master over many rows holds no more than one over few", async () => {
  await using fixture = await startFixture({ inspectorPort: 0 });
  const few = await heapOver(fixture, "few", FEW_ROWS);
  const many = await heapOver(fixture, "many", MANY_ROWS);
  const [fewKb, manyKb] = [few, many].map((bytes) => Math.round(bytes / 1024));
  console.log(
    `heap over ${FEW_ROWS} rows ${fewKb} KB, over ${MANY_ROWS} ${manyKb} KB`,
  );
  assert(many - few < HEAP_BYTES_MAX);
});
