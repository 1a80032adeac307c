/**
 * Processes that end without a word: clients come back by themselves, and
 * nothing is lost that was acknowledged.
 *
 * @module
 */

import { assert, assertNotEquals } from "@std/assert";
import { until } from "../deploy/dev_process.ts";
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

/** Ends workerd, as the system does when memory is short. */
function kill({ app }: Stage): number {
  const pid = app.workerdPid();
  assert(pid !== null);
  Deno.kill(pid, "SIGKILL");
  return pid;
}

Deno.test("ten SIGKILLs of workerd during a burst of writes lose nothing acknowledged", async () => {
  await using stage = await openNotes();
  const devices = await Promise.all(USERS.map((user) => start(stage, user)));
  await duringBursts(devices, async () => {
    for (let i = 0; i < KILLS; i++) {
      await untilAllAck(devices);
      const pid = kill(stage);
      await until("workerd is back", () => {
        const now = stage.app.workerdPid();
        return now !== null && now !== pid;
      });
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
  await stage.restart();
  assertNotEquals(stage.app.workerdPid(), pid);
  assert(stage.app.url === url);
  await todo.add(ann.page, "after");
  await todo.untilShown(ann.page, ["before", "after"]);
  await todo.untilSaved(ann.page);
  const again = await todo.signIn(stage, "ann");
  await todo.untilShown(again.page, ["before", "after"]);
});
