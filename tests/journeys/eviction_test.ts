/**
 * Objects that lose their memory, with their sockets or without, at rest and
 * at work: nobody sees anything of it but the state of a connection.
 *
 * @module
 */

import { assert, assertRejects } from "@std/assert";
import {
  assertNothingLost,
  duringBursts,
  evictMaster,
  evictServer,
  openNotes,
  put,
  start,
  untilAllAck,
  untilSaved,
  untilShown,
  USERS,
} from "./notes_page.ts";
import { closeBrowser, type Stage } from "./stage.ts";

Deno.test.afterAll(closeBrowser);

/** Every way for a node to lose its memory. */
const EVICTIONS: readonly [
  name: string,
  evict: (stage: Stage) => Promise<void>,
][] = [
  ["a server node hibernates", ({ app }) => evictServer(app, 0, "hibernate")],
  ["a server node is gone", ({ app }) => evictServer(app, 1, "close")],
  ["the master is gone", ({ app }) => evictMaster(app)],
  ["all hibernate", async ({ app }) => {
    await evictServer(app, 0, "hibernate");
    await evictServer(app, 1, "hibernate");
    await evictMaster(app);
  }],
  ["all are gone", async ({ app }) => {
    await evictMaster(app);
    await evictServer(app, 0, "close");
    await evictServer(app, 1, "close");
  }],
];

Deno.test("evictions between writes take nothing from a view, and keep no write back", async () => {
  await using stage = await openNotes();
  const [ann, bob] = await Promise.all(USERS.map((user) => start(stage, user)));
  assert(ann && bob);
  let text = "x";
  for (const [name, evict] of EVICTIONS) {
    await put(ann, "ann's", text);
    await untilShown(bob, "ann's", text);
    await evict(stage);
    text += "x";
    await Promise.all([put(ann, name, "ann"), put(bob, "bob's", text)]);
    await untilShown(ann, "bob's", text);
    await untilShown(bob, name, "ann");
  }
  await Promise.all([ann, bob].map(untilSaved));
  await assertNothingLost(stage, [ann, bob]);
});

Deno.test("evictions during writes take nothing from a view, and lose no write", async () => {
  await using stage = await openNotes();
  const devices = await Promise.all(USERS.map((user) => start(stage, user)));
  await duringBursts(devices, async () => {
    for (const [, evict] of [...EVICTIONS, ...EVICTIONS]) {
      await evict(stage);
      await untilAllAck(devices);
    }
  });
  await Promise.all(devices.map(untilSaved));
  assert(await assertNothingLost(stage, devices) > EVICTIONS.length);
});

Deno.test("a write through one server node reaches the other while all slept", async () => {
  await using stage = await openNotes();
  const [ann, bob] = await Promise.all(USERS.map((user) => start(stage, user)));
  assert(ann && bob);
  await put(ann, "first", "awake");
  await untilShown(bob, "first", "awake");
  const evictions = [
    () => evictServer(stage.app, 0, "hibernate"),
    () => evictServer(stage.app, 1, "hibernate"),
    () => evictMaster(stage.app),
  ];
  for (const evict of evictions) await evict();
  // They sleep: there is nothing left in memory to evict.
  for (const evict of evictions) {
    await assertRejects(evict, Error, "not currently running");
  }
  await put(ann, "second", "asleep");
  await untilShown(bob, "second", "asleep");
  await put(bob, "third", "awake again");
  await untilShown(ann, "third", "awake again");
  await assertNothingLost(stage, [ann, bob]);
});
