/**
 * Devices that are away for longer than anything is remembered, or almost.
 *
 * @module
 */

import { assert, assertEquals, assertLess } from "@std/assert";
import type { LWWMap } from "../../shared/mod.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { rejectedIn } from "../../shared/node/client/stored.ts";
import { DAY_MS, PAGE_ROWS_MAX } from "../../shared/protocol/limits.ts";
import type { Part } from "../../shared/protocol/live.ts";
import { decodeMessage } from "../../shared/protocol/message.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Client } from "../../sim/client.ts";
import { isolate, rejoin } from "../../sim/verbs.ts";
import { World } from "../../sim/world.ts";

const NOTES = "/client/notes";
const SOON_MS = 1_000;
const everyone = { using: () => true, withCheck: () => true };
const spec: AppSpec = {
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map([["given", "by init"]]),
        access: everyone,
      },
    },
    client: {
      notes: { replica_of: "/db/notes" },
      drafts: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
      },
    },
  },
  channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
};
const app = parseAppSpec(spec);

/** A world with a device that goes away and one that stays at home. */
function twoDevices() {
  const world = new World(app, { seed: 1 });
  const [away, home] = ["away", "home"].map((name) =>
    world.addClient(name, "client", { sub: name })
  );
  world.runFor(SOON_MS);
  return { world, away: away!, home: home! };
}

function put(client: Client, values: Record<string, string | null>): void {
  client.write((tx) => {
    for (const [key, value] of Object.entries(values)) {
      tx.mutate(
        NOTES,
        (notes: LWWMap<string>) => notes.setValueForKey(key, value),
      );
    }
  });
}

function seen(client: Client): Record<string, string> {
  return Object.fromEntries(client.get(NOTES).getValue());
}

function storedKeys(client: Client): string[] {
  return client.host.rows.range(NOTES, WHOLE).map(({ key }) => key);
}

/** The parts that a client was sent while something happened. */
function sentDuring(client: Client, run: () => void): Part[] {
  const from = client.overheard.length;
  run();
  return client.overheard.slice(from).map((frame) => decodeMessage(frame))
    .flatMap((message) => message.type === "live" ? message.parts : []);
}

/** Nobody is there for so many days, the master's sweep apart. */
function pass(world: World, days: number): void {
  for (const client of world.clients.values()) {
    if (client.isOn) world.power.off(client);
  }
  world.runFor(days * DAY_MS);
}

/** One device comes back, and writes enough for the master to look at every row. */
function tidyUp(world: World, client: Client): void {
  client.start();
  for (let i = 0; i < 12; i++) {
    world.runFor(SOON_MS);
    put(client, { tidy: `${world.master.nowMs}` });
  }
  world.runFor(SOON_MS);
}

function masterKeys(world: World): string[] {
  return world.master.rows.range("/db/notes", WHOLE).map(({ key }) => key);
}

Deno.test("a device that was away for 92 days shows no row that is gone, and what it wrote offline is refused visibly, until it is written again", () => {
  const { world, away, home } = twoDevices();
  put(home, { gone: "x", kept: "x", given: null });
  world.runFor(SOON_MS);
  isolate(world, "away");
  world.runFor(SOON_MS);
  put(away, { gone: "from offline", mine: "from offline" });
  world.runFor(SOON_MS);
  put(home, { gone: null });
  world.runFor(SOON_MS);
  assertEquals(seen(away).gone, "from offline");
  pass(world, 92);
  tidyUp(world, home);
  assertEquals(masterKeys(world), ["given", "kept", "tidy"]);

  rejoin(world, "away");
  const parts = sentDuring(away, () => {
    away.start();
    world.runFor(SOON_MS);
  });
  assert(parts.some(({ replace }) => replace !== null));
  assertEquals(Object.keys(seen(away)), ["kept", "tidy"]);
  const state = away.host.state!;
  assertEquals(rejectedIn(away.host.rows).map(({ fault }) => fault.code), [
    "stale-write",
  ]);
  assertEquals(state.outbox.size, 0);

  away.host.run({
    type: "dealt",
    rejected: rejectedIn(away.host.rows)[0]!,
    again: true,
  });
  world.runFor(SOON_MS);
  assertEquals(rejectedIn(away.host.rows), []);
  for (const client of [away, home]) {
    assertEquals(seen(client).gone, "from offline");
    assertEquals(seen(client).mine, "from offline");
  }
});

Deno.test("a device that was away for 89 days is sent what has changed, and no more", () => {
  const { world, away, home } = twoDevices();
  put(home, { gone: "x", kept: "x" });
  world.runFor(SOON_MS);
  pass(world, 1);
  tidyUp(world, home);
  put(home, { gone: null, added: "x" });
  world.runFor(SOON_MS);
  pass(world, 88);
  assertEquals(storedKeys(away), ["gone", "kept"]);
  const parts = sentDuring(away, () => {
    away.start();
    world.runFor(SOON_MS);
  });
  assertEquals(parts.map(({ replace }) => replace), parts.map(() => null));
  const keys = parts.flatMap(({ rows }) => rows.map(({ key }) => key));
  assertEquals(keys.toSorted(), ["added", "gone", "tidy"]);
  assertEquals(Object.keys(seen(away)), ["added", "given", "kept", "tidy"]);
});

Deno.test("a range that was quiet for months is not sent again to who asks now and then", () => {
  const { world, away, home } = twoDevices();
  put(home, { kept: "x" });
  world.runFor(SOON_MS);
  for (let visit = 0; visit < 4; visit++) {
    pass(world, 60);
    const parts = sentDuring(away, () => {
      away.start();
      world.runFor(SOON_MS);
    });
    assertEquals(parts.map(({ rows, replace }) => [rows, replace]), [[
      [],
      null,
    ]]);
  }
  // The other one has not asked for 240 days.
  const parts = sentDuring(home, () => {
    home.start();
    world.runFor(SOON_MS);
  });
  assertEquals(parts[0]!.rows.map(({ key }) => key), ["kept"]);
  assert(parts[0]!.replace !== null);
});

Deno.test("a link that stands and a server node that asks keep their cursors young", () => {
  const { world, away, home } = twoDevices();
  put(home, { kept: "x" });
  world.runFor(2 * DAY_MS);
  world.crash(world.master.name);
  world.runFor(SOON_MS);
  world.master.run({ type: "alarm" });
  world.runFor(20 * 60_000);
  const held = [...world.servers.values()]
    .flatMap(({ host }) => [...host.state!.up.held.values()]);
  assertEquals(held.length, 1);
  const ageMs = world.master.nowMs - held[0]!.syncedMs;
  assertLess(ageMs, 60 * 60_000);
  assertEquals(seen(away), seen(home));
});

Deno.test("a server node that slept goes on from its sockets' cursors, however quiet it was", () => {
  const { world, away, home } = twoDevices();
  put(home, { kept: "x" });
  world.runFor(SOON_MS);
  pass(world, 92);
  for (const client of [away, home]) client.start();
  world.runFor(60 * SOON_MS);
  for (const name of world.servers.keys()) world.hibernate(name);
  const parts = sentDuring(away, () => {
    put(home, { added: "x" });
    world.runFor(60 * SOON_MS);
  });
  assertEquals(parts.map(({ replace }) => replace), parts.map(() => null));
  const keys = parts.flatMap(({ rows }) => rows.map(({ key }) => key));
  assertEquals(keys, ["added"]);
});

/** A device gets the first page of a catch-up after some days, and the rest after some more. */
function interrupted(before: number, after: number) {
  const { world, away, home } = twoDevices();
  put(home, { first: "x" });
  world.runFor(SOON_MS);
  pass(world, before);
  home.start();
  const keys = Array.from(
    { length: 4 * PAGE_ROWS_MAX },
    (_, i) => `note ${10_000 + i}`,
  );
  for (let i = 0; i < keys.length; i += PAGE_ROWS_MAX) {
    const part = keys.slice(i, i + PAGE_ROWS_MAX);
    put(home, Object.fromEntries(part.map((key) => [key, "x"])));
    world.runFor(SOON_MS);
  }
  away.start();
  const cursor = () => away.host.state?.wants.get(NOTES)?.cursor;
  while (!cursor()?.page) assert(world.agenda.step());
  // No more comes, until it is stored.
  isolate(world, "away");
  world.runFor(10);
  pass(world, after);
  rejoin(world, "away");
  const rest = sentDuring(away, () => {
    away.start();
    world.runFor(10 * SOON_MS);
  });
  assertEquals(storedKeys(away).length, keys.length + 1);
  return {
    replaces: rest.some(({ replace }) => replace !== null),
    all: rest.flatMap(({ rows }) => rows).length > keys.length,
  };
}

Deno.test("an interrupted catch-up goes on at its page, unless what it began from is too long ago", () => {
  assertEquals(interrupted(0, 1), { replaces: false, all: false });
  assertEquals(interrupted(0, 92), { replaces: true, all: true });
  assertEquals(interrupted(92, 1), { replaces: false, all: false });
  assertEquals(interrupted(80, 1), { replaces: false, all: false });
  // What lies behind the page was last known 120 days ago.
  assertEquals(interrupted(60, 60), { replaces: true, all: true });
});

Deno.test("a device drops old tombstones when it starts, but those of init, and its own", () => {
  const { world, away } = twoDevices();
  put(away, { gone: "x", kept: "x", given: null });
  const own = (value: string | null) =>
    away.mutate(
      "/client/drafts",
      (drafts: LWWMap<string>) => drafts.setValueForKey("mine", value),
    );
  own("x");
  world.runFor(SOON_MS);
  own(null);
  put(away, { gone: null });
  world.runFor(SOON_MS);
  const before = ["given", "gone", "kept"];
  for (const [days, keys] of [[80, before], [12, ["given", "kept"]]] as const) {
    pass(world, days);
    // It has no network: nobody tells it what is gone.
    isolate(world, "away");
    away.start();
    world.runFor(SOON_MS);
    assertEquals(storedKeys(away), [...keys]);
    assertEquals(seen(away), { kept: "x" });
    assertEquals(away.host.rows.count("/client/drafts"), 1);
  }
});
