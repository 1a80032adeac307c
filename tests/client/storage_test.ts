/**
 * What of a client outlives its page, in a real browser's IndexedDB.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { closeBrowser, withBench } from "./browser_tabs.ts";

Deno.test.afterAll(closeBrowser);

Deno.test("what was written survives a reload, the base and the outbox apart", async () => {
  await withBench(async ({ host, open }) => {
    const tab = await open();
    await tab.run(async () => {
      await start("ann");
      put("ann/1", "sent");
      await client.mutate("/client/draft", (draft) => draft.setValue("mine"))
        .wait("client");
    });
    await tab.until(() => client.status.unsynced === 0);
    host.cut();
    await tab.until(() => client.status.connection === "disconnected");
    await tab.run(async () => {
      const write = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/2", "kept"),
      );
      await write.wait("client");
    });
    await tab.page.reload();
    const found = await tab.run(async () => {
      await start("ann");
      const keys = (await storedKeys("ann")).map(([path]) => path);
      return {
        notes: notes(),
        draft: client.get("/client/draft").getValue(),
        title: client.get("/client/title").getValue(),
        loading: client.isLoading("/client/notes"),
        unsynced: client.status.unsynced,
        session: client.session,
        keys,
      };
    });
    assertEquals(found, {
      notes: { "ann/1": "sent", "ann/2": "kept" },
      draft: "mine",
      title: "2 notes",
      loading: false,
      unsynced: 1,
      session: { sub: "ann" },
      keys: [
        "#cursors",
        "#outbox",
        "#session",
        "/client/draft",
        "/client/notes",
      ],
    });
  });
});

Deno.test("users of one browser share nothing", async () => {
  await withBench(async ({ host, open }) => {
    const ann = await open();
    await ann.run(async () => {
      await start("ann");
      put("ann/1", "private");
      await client.mutate("/client/draft", (draft) => draft.setValue("ann's"))
        .wait("client");
    });
    host.cut();
    const bob = await open();
    const found = await bob.run(async () => {
      await start("bob");
      return [notes(), client.get("/client/draft").getValue()];
    });
    assertEquals(found, [{}, ""]);
  });
});

Deno.test("without IndexedDB a client works in RAM, and says so", async () => {
  await withBench(async ({ context, open }) => {
    await context.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException("not in private", "SecurityError");
      };
    });
    const tab = await open();
    const found = await tab.run(async () => {
      await start("ann");
      await client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "x"),
      )
        .wait("db");
      const { storage, storageFault, connection } = client.status;
      return { notes: notes(), storage, storageFault, connection };
    });
    assertEquals(found, {
      notes: { "ann/1": "x" },
      storage: "ram",
      storageFault: "SecurityError: not in private",
      connection: "connected",
    });
    assertEquals(tab.errors, []);
  });
});

Deno.test("a full disk loses nothing that is in RAM, and holds no write back", async () => {
  await withBench(async ({ context, host, open }) => {
    const tab = await open();
    const session = await context.newCDPSession(tab.page);
    // Chromium remembers for a while how much room there was: so from the start.
    await session.send("Storage.overrideQuotaForOrigin", {
      origin: new URL(host.url).origin,
      quotaSize: 100_000,
    });
    const found = await tab.run(async () => {
      await start("ann");
      await client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "x"),
      )
        .wait("db");
      const statuses: string[] = [];
      client.onStatus(({ storage }) => statuses.push(storage));
      put("ann/2", "y".repeat(200_000));
      const last = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/3", "last"),
      );
      await last.wait("client");
      await last.wait("db");
      return {
        count: client.get("/client/notes").countKeys(),
        statuses: [statuses[0], statuses.at(-1)],
        fault: client.status.storageFault,
      };
    });
    assertEquals(found.count, 3);
    assertEquals(found.statuses, ["durable", "ram"]);
    assertMatch(found.fault ?? "", /^QuotaExceededError/);
  });
});

Deno.test("a deleted database is no obstacle to its deletion, and is written again whole", async () => {
  await withBench(async ({ host, open }) => {
    const tab = await open();
    await tab.run(async () => {
      await start("ann");
      await client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "x"),
      )
        .wait("db");
      await client.mutate("/client/draft", (draft) => draft.setValue("mine"))
        .wait("client");
    });
    const other = await open();
    await other.run(async () => {
      const [{ name } = {}] = await indexedDB.databases();
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name!);
        request.onsuccess = resolve;
        request.onblocked = reject;
      });
    });
    await tab.run(() => {
      return client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/2", "y"),
      )
        .wait("db");
    });
    assertEquals(await tab.run(() => client.status.storage), "durable");
    host.cut();
    await tab.page.reload();
    const found = await tab.run(async () => {
      await start("ann");
      return [notes(), client.get("/client/draft").getValue()];
    });
    assertEquals(found, [{ "ann/1": "x", "ann/2": "y" }, "mine"]);
    assert(tab.errors.length === 0, tab.errors.join());
  });
});
