/**
 * Tabs of one browser side by side, as real tabs: whose writes are sent by
 * whom, and who stores the base.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { closeBrowser, type Tab, withBench } from "./browser_tabs.ts";

Deno.test.afterAll(closeBrowser);

/** Makes the page as it is when somebody comes back to it. */
function lookAt(tab: Tab): Promise<boolean> {
  return tab.run(() => dispatchEvent(new Event("focus")));
}

Deno.test("an open tab sends what a closed one has left, once", async () => {
  await withBench(async ({ host, open }) => {
    host.cut();
    const [first, second] = [await open(), await open()];
    await first.run(async () => {
      await start("ann");
      const write = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "left behind"),
      );
      await write.wait("client");
    });
    await second.run(() => start("ann"));
    // It is shown, but the first one's to send.
    assertEquals(await second.run(() => client.status.unsynced), 1);
    assertEquals(await second.run(() => notes()), { "ann/1": "left behind" });
    await first.page.close();
    host.mend();
    await second.run(() => client.connect());
    await second.until(() => client.status.unsynced === 0);
    assertEquals(host.written, ["ann/1"]);
    assertEquals(await second.run(() => notes()), { "ann/1": "left behind" });
  });
});

Deno.test("without word of one another, a tab that is looked at again sends what a later tab has left", async () => {
  await withBench(async ({ host, context, open }) => {
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, "BroadcastChannel", {
        value: undefined,
      });
    });
    host.cut();
    const [first, second] = [await open(), await open()];
    await first.run(() => start("ann"));
    await second.run(async () => {
      await start("ann");
      const write = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "later"),
      );
      await write.wait("client");
    });
    await second.page.close();
    await lookAt(first);
    await first.until(() => client.status.unsynced === 1);
    assertEquals(await first.run(() => notes()), { "ann/1": "later" });
  });
});

Deno.test("a crashed tab's writes are sent by the next one", async () => {
  await withBench(async ({ host, context, open }) => {
    host.cut();
    const first = await open();
    await first.run(async () => {
      await start("ann");
      const write = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "crashed"),
      );
      await write.wait("client");
    });
    const session = await context.newCDPSession(first.page);
    const crashed = first.page.waitForEvent("crash");
    // It ends before it can answer.
    session.send("Page.crash").catch(() => {});
    await crashed;
    host.mend();
    const second = await open();
    await second.run(() => start("ann"));
    await second.until(() => client.status.unsynced === 0);
    assertEquals(await second.run(() => notes()), { "ann/1": "crashed" });
    assertEquals(host.written, ["ann/1"]);
  });
});

Deno.test("one tab stores the base, and the next one replaces it by its own", async () => {
  await withBench(async ({ host, open }) => {
    const [first, second] = [await open(), await open()];
    await first.run(async () => {
      await start("ann");
      await client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "x"),
      )
        .wait("db");
    });
    await second.run(() => start("ann"));
    // A row that no tab has shows who replaces what is stored.
    await first.run(() => plant("ann", ["/client/notes", "ann/planted"]));
    await second.run(async () => {
      await client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/2", "y"),
      )
        .wait("db");
      await client.mutate("/client/draft", (draft) => draft.setValue("mine"))
        .wait("client");
    });
    const before = await second.run(() => storedKeys("ann"));
    assertEquals(before.filter(([path]) => path.startsWith("/")), [
      ["/client/draft", ""],
      ["/client/notes", "ann/1"],
      ["/client/notes", "ann/2"],
      ["/client/notes", "ann/planted"],
    ]);
    await first.page.close();
    await second.until(async () => {
      const keys = await storedKeys("ann");
      return !keys.some(([, key]) => key === "ann/planted");
    });
    await second.run(() =>
      client.mutate("/client/notes", (n) => n.setValueForKey("ann/3", "z"))
        .wait("db")
    );
    host.cut();
    await second.page.reload();
    const found = await second.run(async () => {
      await start("ann");
      return [notes(), client.get("/client/draft").getValue()];
    });
    assertEquals(found, [
      { "ann/1": "x", "ann/2": "y", "ann/3": "z" },
      "mine",
    ]);
  });
});

Deno.test("where there are no locks, a tab acts as the only one", async () => {
  await withBench(async ({ context, host, open }) => {
    await context.addInitScript(() => {
      Object.defineProperty(navigator, "locks", { value: undefined });
    });
    host.cut();
    const tab = await open();
    await tab.run(async () => {
      await start("ann");
      const write = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "kept"),
      );
      await write.wait("client");
    });
    await tab.page.reload();
    host.mend();
    await tab.run(() => start("ann"));
    await tab.until(() => client.status.unsynced === 0);
    assertEquals(host.written, ["ann/1"]);
    host.cut();
    await tab.page.reload();
    await tab.run(() => start("ann"));
    assertEquals(await tab.run(() => notes()), { "ann/1": "kept" });
  });
});
