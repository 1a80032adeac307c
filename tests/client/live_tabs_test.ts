/**
 * What the tabs of one browser know of one another while they are open, as real
 * tabs: unsynced edits, refused writes, private vars, and who has ended.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { closeBrowser, type Tab, withBench } from "./browser_tabs.ts";

Deno.test.afterAll(closeBrowser);

/** So often two tabs are asked whether they agree, some milliseconds each. */
const ROUNDS_MAX = 1_000;

const WAKES = ["focus", "online", "pageshow", "visibilitychange"];

/** Keeps from a page that it is looked at, from its next load on. */
async function neverLookedAt(page: Page): Promise<void> {
  await page.addInitScript((events: string[]) => {
    for (const event of events) {
      addEventListener(event, (e) => e.stopImmediatePropagation(), true);
    }
  }, WAKES);
  await page.reload();
}

function startAll(...tabs: Tab[]): Promise<void[]> {
  return Promise.all(tabs.map((tab) => tab.run(() => start("ann"))));
}

Deno.test("offline tabs show each other's unsynced edits, also when both come back", async () => {
  await withBench(async ({ host, open }) => {
    host.cut();
    const tabs = [await open(), await open()];
    const [first, second] = tabs as [Tab, Tab];
    await startAll(first, second);
    await first.run(() => put("ann/1", "of the first"));
    await second.run(() => put("ann/2", "of the second"));
    const both = { "ann/1": "of the first", "ann/2": "of the second" };
    for (const again of [false, true]) {
      if (again) {
        await Promise.all(tabs.map(({ page }) => page.reload()));
        await startAll(...tabs);
      }
      for (const tab of tabs) {
        await tab.until(() => client.get("/client/notes").countKeys() === 2);
        assertEquals(await tab.run(() => notes()), both);
        const shown = await tab.run(() => [
          client.status.unsynced,
          client.get("/client/title").getValue(),
        ]);
        assertEquals(shown, [2, "2 notes"]);
      }
    }
    await first.run(() => put("ann/2", "changed by the first"));
    await second.until(() => notes()["ann/2"] === "changed by the first");
    host.mend();
    await first.run(() => client.connect());
    for (const tab of tabs) {
      await tab.until(() => client.status.unsynced === 0);
    }
    // Both writes of the second note may have been one commit.
    assertEquals([...new Set(host.written)].toSorted(), ["ann/1", "ann/2"]);
    for (const tab of tabs) {
      assertEquals(
        (await tab.run(() => notes()))["ann/2"],
        "changed by the first",
      );
    }
  });
});

for (const end of ["closed", "crashed"] as const) {
  Deno.test(`a tab that nobody looks at sends what a later one, ${end} at once, has left`, async () => {
    await withBench(async ({ host, context, open }) => {
      host.cut();
      const first = await open();
      await neverLookedAt(first.page);
      await startAll(first);
      const later = await open();
      await startAll(later);
      await later.run(() =>
        client.mutate(
          "/client/notes",
          (n) => n.setValueForKey("ann/1", "later"),
        ).wait("client")
      );
      if (end === "closed") await later.page.close();
      else {
        const session = await context.newCDPSession(later.page);
        const crashed = later.page.waitForEvent("crash");
        // It ends before it can answer.
        session.send("Page.crash").catch(() => {});
        await crashed;
      }
      host.mend();
      await first.until(() =>
        client.status.connection === "connected" &&
        client.status.unsynced === 0 && notes()["ann/1"] === "later"
      );
      assertEquals(host.written, ["ann/1"]);
    });
  });
}

Deno.test("what is refused in one tab stands in every tab's list, until one has dealt with it", async () => {
  await withBench(async ({ host, open }) => {
    const [first, second] = [await open(), await open()];
    await startAll(first, second);
    await first.run(() => {
      put("ann/1", "bad one");
      put("ann/2", "bad two");
    });
    for (const tab of [first, second]) {
      await tab.until(() => client.rejected.length === 2);
      const list = await tab.run(() =>
        client.rejected.map(({ effects }) => effects[0]!.value)
      );
      assertEquals(list, ["bad one", "bad two"]);
      await tab.until(() => client.get("/client/notes").countKeys() === 0);
      assertEquals(await tab.run(() => client.status.unsynced), 0);
    }
    // What is dealt with twice is dealt with once.
    const [handle, ...left] = await second.run(() => {
      const [one] = client.rejected;
      one!.dismiss();
      return [one!.retry().n, ...client.rejected.map(({ code }) => code)];
    });
    assertEquals([handle, left], [0, ["forbidden"]]);
    await first.until(() => client.rejected.length === 1);
    await first.run(() => client.rejected[0]!.dismiss());
    await second.until(() => client.rejected.length === 0);
    await second.page.reload();
    await startAll(second);
    assertEquals(await second.run(() => client.rejected.length), 0);
    assertEquals(host.written, []);
  });
});

Deno.test("a private var is live between tabs, and concurrent writes of it converge", async () => {
  await withBench(async ({ open }) => {
    const tabs = [await open(), await open()];
    const [first, second] = tabs as [Tab, Tab];
    await startAll(first, second);
    await first.run(() => {
      client.mutate("/client/draft", (draft) => draft.setValue("seen"));
    });
    await second.until(() => client.get("/client/draft").getValue() === "seen");
    await Promise.all(tabs.map((tab) =>
      tab.run(async () => {
        for (let i = 0; i < 20; i++) {
          const text = `${i} by ${Math.random()}`;
          await client.mutate("/client/draft", (d) => d.setValue(text))
            .wait("client");
        }
      })
    ));
    const draft = () => client.get("/client/draft").getValue();
    const last = () => Promise.all(tabs.map((tab) => tab.run(draft)));
    let [ofFirst, ofSecond] = await last();
    for (let i = 0; ofFirst !== ofSecond && i < ROUNDS_MAX; i++) {
      [ofFirst, ofSecond] = await last();
    }
    assertEquals(ofFirst, ofSecond);
    assertEquals(ofFirst?.slice(0, 3), "19 ");
    await Promise.all(tabs.map(({ page }) => page.reload()));
    await startAll(...tabs);
    assertEquals(await last(), [ofFirst, ofFirst]);
  });
});

Deno.test("an earlier write of a private row does not undo the later one that is stored", async () => {
  await withBench(async ({ host, open }) => {
    // Without a server, nobody corrects a clock.
    host.cut();
    const [first, second] = [await open(), await open()];
    // A tab that hears nothing of the other, and whose clock is behind.
    await second.page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() - 30_000;
      Object.defineProperty(globalThis, "BroadcastChannel", {
        value: undefined,
      });
    });
    await second.page.reload();
    await startAll(first, second);
    await first.run(() =>
      client.mutate("/client/draft", (draft) => draft.setValue("later"))
        .wait("client")
    );
    await second.run(() =>
      client.mutate("/client/draft", (draft) => draft.setValue("earlier"))
        .wait("client")
    );
    await first.page.reload();
    await startAll(first);
    assertEquals(
      await first.run(() => client.get("/client/draft").getValue()),
      "later",
    );
  });
});

Deno.test("fifty edits in each of two tabs at once, offline: both show them all, and each is committed once", async () => {
  await withBench(async ({ host, open }) => {
    host.cut();
    const tabs = [await open(), await open()];
    const [first, second] = tabs as [Tab, Tab];
    await startAll(first, second);
    await Promise.all([
      first.run(() => {
        for (let i = 0; i < 50; i++) put(`ann/a${i}`, "first");
      }),
      second.run(async () => {
        for (let i = 0; i < 50; i++) {
          put(`ann/b${i}`, "second");
          await new Promise((resolve) => setTimeout(resolve));
        }
      }),
    ]);
    for (const tab of tabs) {
      await tab.until(() => client.get("/client/notes").countKeys() === 100);
      await tab.until(() => client.status.unsynced === 100);
    }
    host.mend();
    await first.run(() => client.connect());
    await second.run(() => client.connect());
    for (const tab of tabs) {
      await tab.until(() => client.status.unsynced === 0);
      assertEquals(
        await tab.run(() => client.get("/client/notes").countKeys()),
        100,
      );
    }
    const all = ["a", "b"].flatMap((tab) =>
      Array.from({ length: 50 }, (_, i) => `ann/${tab}${i}`)
    );
    assertEquals(host.written.toSorted(), all.toSorted());
  });
});

Deno.test("another tab's edit never falls back, online or with the link of one tab gone", async () => {
  await withBench(async ({ host, open }) => {
    const [first, second] = [await open(), await open()];
    await startAll(first);
    await second.run(async () => {
      // Its own way to the server can be closed.
      globalThis.heard = [];
      await start("ann", () => {
        if (heard.includes("closed")) throw new Error("no network");
        return "ann";
      });
      client.subscribe("/client/notes", (n) => heard.push(`${n.countKeys()}`));
    });
    await first.run(async () => {
      for (let i = 1; i <= 20; i++) {
        put(`ann/${i}`, "x");
        await new Promise((resolve) => setTimeout(resolve, i));
      }
    });
    await second.until(() => heard.at(-1) === "20");
    await second.until(() => client.status.unsynced === 0);
    const isGrowing = () =>
      heard.every((count, i) =>
        i === 0 || Number(count) >= Number(heard[i - 1])
      );
    assertEquals(await second.run(isGrowing), true);
    await second.run(() => void heard.splice(0, Infinity, "closed"));
    host.cut();
    await second.until(() => client.status.connection === "disconnected");
    host.mend();
    await first.run(() => client.connect());
    await first.run(() => put("ann/last", "shown"));
    await first.until(() => client.status.unsynced === 0);
    await second.until(() =>
      client.status.unsynced === 0 && notes()["ann/last"] === "shown"
    );
    const gone = await second.run(() => {
      heard = ["21"];
      client.subscribe("/client/notes", (n) => heard.push(`${n.countKeys()}`));
      client.connect();
      return client.status.connection;
    });
    assertEquals(gone, "connecting");
    await second.until(() => client.status.connection === "connected");
    await second.run(() =>
      client.mutate("/client/notes", (n) => n.setValueForKey("ann/end", "x"))
        .wait("db")
    );
    assertEquals(await second.run(() => [...new Set(heard)]), ["21", "22"]);
  });
});

Deno.test("a tab that could not run for a while shows what happened meanwhile, when it is looked at", async () => {
  await withBench(async ({ host, context, open }) => {
    host.cut();
    const [first, second] = [await open(), await open()];
    await startAll(first, second);
    // A headless browser freezes no page. Its debugger stops one, which then
    // never hears what was told meanwhile.
    const session = await context.newCDPSession(first.page);
    const paused = new Promise((resolve) =>
      session.once("Debugger.paused", resolve)
    );
    await session.send("Debugger.enable");
    await session.send("Debugger.pause");
    await second.run(async () => {
      for (let i = 0; i < 5; i++) {
        await client.mutate(
          "/client/notes",
          (n) => n.setValueForKey(`ann/${i}`, "meanwhile"),
        ).wait("client");
        await client.mutate("/client/draft", (draft) => draft.setValue(`${i}`))
          .wait("client");
      }
    });
    await paused;
    await second.page.close();
    await session.send("Debugger.resume");
    await session.send("Debugger.disable");
    await first.run(() => dispatchEvent(new Event("focus")));
    await first.until(() =>
      client.get("/client/notes").countKeys() === 5 &&
      client.get("/client/draft").getValue() === "4" &&
      client.status.unsynced === 5
    );
    host.mend();
    await first.run(() => client.connect());
    await first.until(() => client.status.unsynced === 0);
    assertEquals(host.written.length, 5);
  });
});
