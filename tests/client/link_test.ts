/**
 * The link of a client in a real browser: cut, refused, silent.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { closeBrowser, withBench } from "./browser_tabs.ts";

Deno.test.afterAll(closeBrowser);

Deno.test("twenty edits on a cut link outlive a reload, and drain once each", async () => {
  await withBench(async ({ host, open }) => {
    const tab = await open();
    await tab.run(() => start("ann"));
    host.cut();
    await tab.until(() => client.status.connection === "disconnected");
    const twenty = await tab.run(async () => {
      const writes = Array.from({ length: 20 }, (_, i) =>
        client.mutate(
          "/client/notes",
          (n) => n.setValueForKey(`ann/${i + 10}`, `edit ${i}`),
        ));
      await Promise.all(writes.map((write) => write.wait("client")));
      return notes();
    });
    await tab.page.reload();
    await tab.run(() => start("ann"));
    assertEquals(Object.keys(twenty).length, 20);
    assertEquals(await tab.run(() => notes()), twenty);
    assertEquals(await tab.run(() => client.status.unsynced), 20);
    assertEquals(host.written, []);
    host.mend();
    await tab.run(() => client.connect());
    await tab.until(() => client.status.unsynced === 0);
    assertEquals(host.written.toSorted(), Object.keys(twenty));
    assertEquals(await tab.run(() => notes()), twenty);
  });
});

Deno.test("a first visit without a link opens, loads when the link is there, and says so", async () => {
  await withBench(async ({ host, open }) => {
    host.cut();
    const tab = await open();
    const before = await tab.run(async () => {
      await start("ann");
      const { connection } = client.status;
      return [connection, client.isLoading("/client/notes"), notes()];
    });
    assertEquals(before, ["disconnected", true, {}]);
    host.mend();
    const heard = await tab.run(() => {
      const heard: boolean[] = [];
      return new Promise<boolean[]>((resolve) => {
        client.subscribe("/client/notes", () => {
          heard.push(client.isLoading("/client/notes"));
          if (!heard.at(-1)) resolve(heard);
        });
      });
    });
    assertEquals(heard, [true, false]);
  });
});

Deno.test("a refused token is needs-auth, and a new one is asked for at the next connect", async () => {
  await withBench(async ({ host, open }) => {
    const tab = await open();
    const found = await tab.run(async () => {
      const tokens = ["expired", "ann", "ann"];
      const heard: string[] = [];
      await start("ann", () => tokens.shift() ?? "ann");
      const { connection, fault } = client.status;
      client.onStatus((status) => heard.push(status.connection));
      client.connect();
      return { connection, code: fault?.code, found: fault?.found };
    });
    assertEquals(found, {
      connection: "needs-auth",
      code: "needs-auth",
      found: "HTTP 401",
    });
    await tab.until(() => client.status.connection === "connected");
    assertEquals(host.connects, ["ann"]);
  });
});

Deno.test("a subject that the server does not admit is refused", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const found = await tab.run(async () => {
      await start("ann", () => "stranger");
      const { connection, fault } = client.status;
      return [connection, fault?.code];
    });
    assertEquals(found, ["refused", "forbidden"]);
  });
});

Deno.test("a token function that throws is a network that fails: it is asked again", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const before = await tab.run(async () => {
      let asked = 0;
      await start("ann", () => {
        if (asked++ === 0) throw new Error("the identity provider is away");
        return Promise.resolve("ann");
      });
      return client.status.connection;
    });
    assertEquals(before, "disconnected");
    await tab.until(() => client.status.connection === "connected");
    assertEquals(tab.errors, []);
  });
});

Deno.test("a silent link is asked whether it lives, and dropped when nothing answers", async () => {
  await withBench(async ({ host, open }) => {
    const tab = await open();
    await tab.page.clock.install();
    await tab.run(() => start("ann"));
    const pinged = host.pinged;
    await tab.page.clock.runFor(21_000);
    await tab.until(() => client.status.connection === "connected");
    assertEquals(host.pinged - pinged, 1);
    host.silence();
    await tab.run(() => {
      globalThis.heard = [];
      client.onStatus(({ connection }) => heard.push(connection));
    });
    await tab.page.clock.runFor(19_000);
    assertEquals(await tab.run(() => heard), ["connected"]);
    await tab.page.clock.runFor(12_000);
    assertEquals(await tab.run(() => heard[1]), "disconnected");
  });
});
