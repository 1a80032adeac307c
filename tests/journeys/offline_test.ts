/**
 * Devices without a network: nothing of what was done on them is lost, however
 * they and their pages come back.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import todo from "../../examples/todo/app.ts";
import { commitsOf, masterRows } from "./master_rows.ts";
import { closeBrowser } from "./stage.ts";
import {
  add,
  edit,
  openTodo,
  remove,
  signIn,
  tick,
  untilSaved,
  untilShown,
  untilStatus,
  untilStored,
} from "./todo_page.ts";

Deno.test.afterAll(closeBrowser);

const TODOS = "/db/todos";

function texts(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix} ${i + 1}`);
}

async function addAll(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await add(page, text);
}

Deno.test("two offline devices add to-dos and edit different fields of one, and afterwards both show everything", async () => {
  await using stage = await openTodo();
  const phone = await signIn(stage, "ann");
  const laptop = await signIn(stage, "ann");
  await add(phone.page, "common");
  await untilShown(laptop.page, ["common"]);
  await untilSaved(phone.page);

  phone.goOffline();
  laptop.goOffline();
  await addAll(phone.page, texts("phone", 5));
  await edit(phone.page, "common", "common, as the phone has it");
  await addAll(laptop.page, texts("laptop", 5));
  await tick(laptop.page, "common");
  const ofPhone = [...texts("phone", 5), "common, as the phone has it"];
  const ofLaptop = [...texts("laptop", 5), "✓ common"];
  await untilStatus(phone.page, "Offline · 6 unsynced changes");
  await untilStatus(laptop.page, "Offline · 6 unsynced changes");
  await untilShown(phone.page, ofPhone);
  await untilShown(laptop.page, ofLaptop);

  await phone.goOnline();
  await untilSaved(phone.page);
  await untilShown(phone.page, ofPhone);
  await untilShown(laptop.page, ofLaptop);
  await laptop.goOnline();
  const all = [
    ...texts("phone", 5),
    ...texts("laptop", 5),
    "✓ common, as the phone has it",
  ];
  for (const { page, errors } of [phone, laptop]) {
    await untilSaved(page);
    await untilShown(page, all);
    assertEquals(errors, []);
  }
});

Deno.test("twenty edits outlive a reload without a network, and then drain once each", async () => {
  await using stage = await openTodo();
  const device = await signIn(stage, "ann");
  const { page } = device;
  const before = ["ticked", "edited", "deleted"];
  await addAll(page, before);
  await untilSaved(page);
  // From here on its files can come from the service worker.
  await page.evaluate(() => navigator.serviceWorker.ready);

  device.goOffline();
  await addAll(page, texts("offline", 17));
  await tick(page, "ticked");
  await edit(page, "edited", "edited offline");
  await remove(page, "deleted");
  const after = [...texts("offline", 17), "✓ ticked", "edited offline"];
  await untilShown(page, after);
  await untilStatus(page, "Offline · 20 unsynced changes");
  await page.reload();
  await untilShown(page, after);
  await untilStatus(page, "Offline · 20 unsynced changes");
  const rowsBefore = masterRows(stage, todo, TODOS);
  assertEquals(rowsBefore.size, 2 * before.length);

  await device.goOnline();
  await untilSaved(page);
  await untilShown(page, after);
  const rows = masterRows(stage, todo, TODOS);
  const added = [...rows].filter(([key]) => !rowsBefore.has(key));
  // A text and a time for each to-do, and a tick.
  assertEquals(added.length, 2 * 17 + 1);
  for (const [key, { seq }] of added) {
    assertEquals(commitsOf(stage, key), 1, key);
    assert([...rowsBefore.values()].every((old) => old.seq < seq), key);
  }
  const changed = [...rowsBefore].filter(([key, { seq }]) =>
    rows.get(key)?.seq !== seq
  );
  // The text that was edited, and both rows of what was deleted.
  assertEquals(changed.length, 1 + 2);
  for (const [key] of changed) assertEquals(commitsOf(stage, key), 2, key);
  const other = await signIn(stage, "ann");
  await untilShown(other.page, after);
  assertEquals(device.errors, []);
});

Deno.test("reloads while the edits drain neither lose nor double any", async () => {
  await using stage = await openTodo();
  const device = await signIn(stage, "ann");
  const { page } = device;
  await page.evaluate(() => navigator.serviceWorker.ready);
  const all: string[] = [];
  const addMore = async (prefix: string) => {
    await addAll(page, texts(prefix, 8));
    all.push(...texts(prefix, 8));
  };
  device.goOffline();
  await addMore("first");
  for (const prefix of ["second", "third"]) {
    await device.goOnline();
    await untilStatus(page, "Connected");
    await addMore(prefix);
    device.goOffline();
    await untilStored(page, all.at(-1)!);
    await page.reload();
    await addMore(`${prefix}, offline`);
    await untilShown(page, all);
  }
  await device.goOnline();
  await untilSaved(page);
  await untilShown(page, all);
  const rows = masterRows(stage, todo, TODOS);
  assertEquals(rows.size, 2 * all.length);
  for (const key of rows.keys()) assertEquals(commitsOf(stage, key), 1, key);
  assertEquals(device.errors, []);
});

Deno.test("two tabs of a device both edit, offline and online, and both show all of it", async () => {
  await using stage = await openTodo();
  const device = await signIn(stage, "ann");
  const { page: left } = device;
  const right = await device.openTab();
  await untilSaved(right);
  // In turns: what is being typed is one draft, which both tabs show.
  for (let i = 1; i <= 5; i++) {
    await add(left, `left ${i}`);
    await add(right, `right ${i}`);
  }
  const online = [...texts("left", 5), ...texts("right", 5)];
  for (const page of [left, right]) {
    await untilShown(page, online);
    await untilSaved(page);
  }

  device.goOffline();
  for (let i = 1; i <= 3; i++) {
    await add(left, `left offline ${i}`);
    await add(right, `right offline ${i}`);
  }
  const all = [
    ...online,
    ...texts("left offline", 3),
    ...texts("right offline", 3),
  ];
  for (const page of [left, right]) {
    await untilShown(page, all);
    await untilStatus(page, "Offline · 6 unsynced changes");
  }
  await device.goOnline();
  for (const page of [left, right]) {
    await untilSaved(page);
    await untilShown(page, all);
  }
  assertEquals(device.errors, []);
});

Deno.test("a tab adopts what a closed one had not sent", async () => {
  await using stage = await openTodo();
  const device = await signIn(stage, "ann");
  const { page: stays } = device;
  const goes = await device.openTab();
  await untilSaved(goes);
  device.goOffline();
  await add(stays, "stays");
  await addAll(goes, texts("goes", 3));
  const all = ["stays", ...texts("goes", 3)];
  for (const page of [goes, stays]) {
    await untilShown(page, all);
    await untilStatus(page, "Offline · 4 unsynced changes");
  }
  await goes.close();
  await untilShown(stays, all);
  await untilStatus(stays, "Offline · 4 unsynced changes");
  await device.goOnline();
  await untilSaved(stays);
  const other = await signIn(stage, "ann");
  await untilShown(other.page, all);
  const rows = masterRows(stage, todo, TODOS);
  for (const key of rows.keys()) {
    assertEquals(commitsOf(stage, key), 1, key);
  }
  assertEquals(device.errors, []);
});
