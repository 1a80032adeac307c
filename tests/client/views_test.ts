/**
 * What an app sees of a client in a real page: views, subscriptions, writes.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { closeBrowser, withBench } from "./browser_tabs.ts";

Deno.test.afterAll(closeBrowser);

Deno.test("subscribe hands over at once and once a step, whatever other listeners throw", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const heard = await tab.run(async () => {
      await start("ann");
      const heard: string[] = [];
      client.subscribe("/client/notes", () => {
        throw new Error("a listener's own");
      });
      const end = client.subscribe(
        "/client/notes",
        (notes) => heard.push([...notes.getValue().keys()].join()),
      );
      client.subscribe(
        "/client/title",
        (title) => heard.push(`${title.getValue()}`),
      );
      client.write((tx) => {
        tx.mutate("/client/notes", (n) => n.setValueForKey("ann/1", "one"));
        tx.mutate("/client/notes", (n) => n.setValueForKey("ann/2", "two"));
      });
      client.mutate("/client/draft", (draft) => draft.setValue("unrelated"));
      end();
      put("ann/3", "three");
      return heard;
    });
    assertEquals(heard, [
      "",
      "0 notes",
      "ann/1,ann/2",
      "2 notes",
      "3 notes",
    ]);
    assertEquals(tab.errors.length, 3);
    assertMatch(tab.errors[0]!, /a listener's own/);
  });
});

Deno.test("a listener that writes is told of its own write, and others of the last state alone", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const heard = await tab.run(async () => {
      await start("ann");
      const heard: string[] = [];
      client.subscribe("/client/notes", (notes) => {
        heard.push(`first ${notes.countKeys()}`);
        if (notes.countKeys() === 1) put("ann/2", "two");
      });
      client.subscribe(
        "/client/notes",
        (notes) => heard.push(`second ${notes.countKeys()}`),
      );
      put("ann/1", "one");
      return heard;
    });
    assertEquals(heard, [
      "first 0",
      "second 0",
      "first 1",
      "first 2",
      "second 2",
    ]);
  });
});

Deno.test("get gives one snapshot until the next change, and it stays as it is", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const found = await tab.run(async () => {
      await start("ann");
      put("ann/1", "one");
      const before = client.get("/client/notes");
      const same = before === client.get("/client/notes");
      await client.mutate(
        "/client/notes",
        (notes) => notes.setValueForKey("ann/1", "changed"),
      ).wait("db");
      return [same, before.getValueForKey("ann/1"), notes()["ann/1"]];
    });
    assertEquals(found, [true, "one", "changed"]);
  });
});

Deno.test("what a write refuses or throws is thrown at once, and nothing has changed", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const found = await tab.run(async () => {
      await start("ann");
      await client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "x"),
      )
        .wait("db");
      const tries: Record<string, () => unknown> = {
        throwing: () =>
          client.write((tx) => {
            tx.mutate("/client/notes", (n) => n.setValueForKey("ann/2", "y"));
            throw new TypeError("mine");
          }),
        // Only JavaScript can leave the result out.
        silent: () => client.mutate("/client/notes", () => undefined!),
        late: () =>
          client.write(async (tx) => {
            await null;
            tx.mutate("/client/notes", (n) => n.setValueForKey("ann/2", "y"));
          }),
        nested: () => client.write(() => put("ann/2", "y")),
        typed: () =>
          client.mutate(
            "/client/notes",
            (n) => n.setValueForKey("ann/2", JSON.parse("7")),
          ),
        unknown: () => client.dispatch(JSON.parse(`"/server/none"`)),
      };
      const thrown = Object.entries(tries).map(([name, run]) => {
        try {
          run();
          return `${name} nothing`;
        } catch (error) {
          const { message, code = message } = error as Error & {
            code?: string;
          };
          return `${name} ${code}`;
        }
      });
      return { thrown, notes: notes(), unsynced: client.status.unsynced };
    });
    assertEquals(found, {
      thrown: [
        "throwing mine",
        "silent mutation-without-result",
        "late mutation-without-result",
        "nested forbidden",
        "typed bad-value",
        "unknown unknown-path",
      ],
      notes: { "ann/1": "x" },
      unsynced: 0,
    });
  });
});

Deno.test("a write that changes nothing is settled at once", async () => {
  await withBench(async ({ host, open }) => {
    const tab = await open();
    const n = await tab.run(async () => {
      await start("ann");
      const write = client.mutate("/client/notes", (n) => n.removeKey("ann/1"));
      await write.wait("client");
      await write.wait("db");
      return write.n;
    });
    assertEquals([n, host.written], [0, []]);
  });
});

Deno.test("a dispatched event runs at its zone under the session, and its write comes back", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const found = await tab.run(async () => {
      await start("ann");
      await client.dispatch("/server/add", { name: "event" }).wait("db");
      return [notes(), client.session];
    });
    assertEquals(found, [{ "ann/event": "dispatched 1" }, { sub: "ann" }]);
  });
});

Deno.test("a refused write leaves the view, stands in the list, and can be retried or dismissed", async () => {
  await withBench(async ({ open }) => {
    const tab = await open();
    const found = await tab.run(async () => {
      await start("ann");
      const write = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "bad"),
      );
      const shown = notes();
      const reason = await write.wait("db").catch((error) => error.code);
      const [refused] = client.rejected;
      const { code, path, effects, event } = refused!;
      const again = await refused!.retry().wait("db").catch((e) => e.code);
      const { length } = client.rejected;
      client.rejected[0]!.dismiss();
      return {
        shown,
        reason,
        refused: { code, path, effects, event },
        again,
        lengths: [length, client.rejected.length],
        notes: notes(),
      };
    });
    assertEquals(found, {
      shown: { "ann/1": "bad" },
      reason: "forbidden",
      refused: {
        code: "forbidden",
        path: "/db/notes",
        effects: [{ path: "/db/notes", key: "ann/1", value: "bad" }],
        event: null,
      },
      again: "forbidden",
      lengths: [1, 0],
      notes: {},
    });
  });
});

Deno.test("after close every method throws, and what waited is told", async () => {
  await withBench(async ({ host, open }) => {
    host.cut();
    const tab = await open();
    const found = await tab.run(async () => {
      await start("ann");
      const write = client.mutate(
        "/client/notes",
        (n) => n.setValueForKey("ann/1", "x"),
      );
      const waited = write.wait("db").catch((error) => error.code);
      await client.close();
      const methods: (() => unknown)[] = [
        () => client.get("/client/notes"),
        () => client.subscribe("/client/notes", () => {}),
        () => put("ann/2", "y"),
        () => client.write(() => {}),
        () => client.dispatch("/server/add", { name: "x" }),
        () => client.isLoading("/client/notes"),
        () => client.onStatus(() => {}),
        () => client.connect(),
      ];
      const codes = methods.map((method) => {
        try {
          return method();
        } catch (error) {
          return (error as { code: string }).code;
        }
      });
      return [...codes, await waited, client.status.connection];
    });
    assertEquals(found, [
      ...Array(8).fill("closed"),
      "closed",
      "closed",
    ]);
    assert(tab.errors.length === 0, tab.errors.join());
  });
});
