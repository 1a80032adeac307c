import { assert, assertEquals } from "@std/assert";
import { type LocalZones, startZones } from "./local_zones.ts";
import { RawClient } from "./raw_client.ts";

let zones: LocalZones;
Deno.test.beforeAll(async () => {
  zones = await startZones();
});
Deno.test.afterAll(async () => await zones[Symbol.asyncDispose]());

/** Makes SQLite refuse new rows of a path, in its own words for a full disk. */
async function refuseRows(space: string, path: string, reason: string) {
  const refusal = `SELECT RAISE(ABORT, '${reason}')`;
  await zones.sql(
    space,
    `CREATE TRIGGER refused BEFORE INSERT ON rows WHEN NEW.path = '${path}'
      BEGIN ${refusal}; END`,
  );
}

for (
  const [code, reason] of [
    ["space-full", "database or disk is full: SQLITE_FULL"],
    ["internal", "disk I/O error: SQLITE_IOERR"],
  ] as const
) {
  Deno.test(`a store that refuses a batch answers it with ${code}, and goes on`, async () => {
    using ada = await RawClient.join(zones.url, "ada", code);
    using bob = await RawClient.join(zones.url, "bob", code);
    assertEquals(
      (await ada.write({ values: { "ada/1/text": "a" } })).fault,
      null,
    );

    await refuseRows(code, "/db/todos", reason);
    assertEquals(
      (await ada.write({ values: { "ada/2/text": "b" } })).fault?.code,
      code,
    );
    const query = "SELECT key FROM rows WHERE path = '/db/todos'";
    assertEquals(await zones.sql(code, query), [{ key: "ada/1/text" }]);
    // What needs no new row of that path is served.
    const users = { path: "/db/users", values: { bob: "Bob" } };
    assertEquals((await bob.write(users)).fault, null);
    await ada.text("1 users");

    await zones.sql(code, "DROP TRIGGER refused");
    assertEquals((await ada.resend(2)).fault?.code, code);
    assertEquals(
      (await ada.write({ values: { "ada/2/text": "b" } })).fault,
      null,
    );
    await ada.row("ada/2/text");
    assert(!bob.wasSent("ada/"));
  });
}

Deno.test("a master whose store is broken is asked again until it is mended", async () => {
  using ada = await RawClient.join(zones.url, "ada", "broken");
  await ada.write({ values: { "ada/1/text": "a" } });
  const move = (from: string, to: string) =>
    zones.sql(
      "broken",
      `UPDATE rows SET path = '${to}' WHERE path = '${from}'`,
    );
  await move("#meta", "#away");
  await refuseRows("broken", "#meta", "broken store");
  await zones.evictMaster("broken");

  const n = ada.push({ values: { "ada/2/text": "b" } });
  while (!zones.log.some((text) => text.includes("broken store"))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await zones.sql("broken", "DROP TRIGGER refused");
  await move("#away", "#meta");
  assertEquals((await ada.verdict(n)).fault, null);
});
