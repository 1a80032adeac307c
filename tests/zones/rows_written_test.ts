import { assertEquals } from "@std/assert";
import { HLC_TICKS_PER_MS } from "../../shared/crdt/hlc.ts";
import { startZones } from "./local_zones.ts";
import { RawClient, type RawWrite } from "./raw_client.ts";

Deno.test("a commit writes the rows that changed and one more, by SQLite's count", async () => {
  await using zones = await startZones();
  using client = await RawClient.join(zones.url, "ada", "home");
  const master = await zones.master("home");
  const written = async (write: RawWrite) => {
    const before = (await master.stats()).rowsWritten;
    assertEquals((await client.write(write)).fault, null);
    return (await master.stats()).rowsWritten - before;
  };
  const keys = Array.from({ length: 20 }, (_, i) => [`ada/${i}/text`, "x"]);

  assertEquals(await written({ values: { "ada/1/text": "milk" } }), 2);
  assertEquals(await written({ values: { "ada/1/text": "oats" } }), 2);
  assertEquals(await written({ values: Object.fromEntries(keys) }), 21);
  const timestamp = (Date.now() - 60_000) * HLC_TICKS_PER_MS;
  const older = { values: { "ada/1/text": "old" }, timestamp };
  assertEquals(await written(older), 0);
});
