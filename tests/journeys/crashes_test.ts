/**
 * Processes that end without a word: clients come back by themselves, and
 * nothing is lost that was acknowledged.
 *
 * @module
 */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  assertNothingLost,
  duringBursts,
  openNotes,
  start,
  untilAllAck,
  untilSaved,
  USERS,
} from "./notes_page.ts";
import { closeBrowser, type Stage } from "./stage.ts";
import * as todo from "./todo_page.ts";

Deno.test.afterAll(closeBrowser);

const KILLS = 10;

/** Ends workerd, as a system does that is short of memory; returns which it was. */
function kill({ app }: Stage): number {
  const pid = app.workerdPid();
  assert(pid !== null);
  Deno.kill(pid, "SIGKILL");
  return pid;
}

Deno.test("ten SIGKILLs of workerd during a burst of writes lose nothing acknowledged", async () => {
  await using stage = await openNotes();
  const devices = await Promise.all(USERS.map((user) => start(stage, user)));
  const killed = new Set<number>();
  await duringBursts(devices, async () => {
    await untilAllAck(devices);
    while (killed.size < KILLS) {
      killed.add(kill(stage));
      await untilAllAck(devices);
    }
  });
  await Promise.all(devices.map(untilSaved));
  assert(await assertNothingLost(stage, devices) > KILLS * devices.length);
});

Deno.test("dev stopped and started on the same folder has the same data, and clients return to it", async () => {
  await using stage = await todo.openTodo();
  const ann = await todo.signIn(stage, "ann");
  await todo.add(ann.page, "before");
  await todo.untilSaved(ann.page);
  const { url } = stage.app;
  const pid = stage.app.workerdPid();
  await stage.restart(async () => {
    await todo.add(ann.page, "meanwhile");
    await todo.untilStatus(ann.page, "Offline · 1 unsynced change");
  });
  assertEquals(stage.app.url, url);
  assertNotEquals(stage.app.workerdPid(), pid);
  await todo.add(ann.page, "after");
  await todo.untilSaved(ann.page);
  const all = ["before", "meanwhile", "after"];
  await todo.untilShown(ann.page, all);
  const again = await todo.signIn(stage, "ann");
  await todo.untilShown(again.page, all);
  assertEquals(ann.errors, []);
});
