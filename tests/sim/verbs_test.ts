/**
 * What scripts do to a started app.
 *
 * @module
 */

import { assertEquals, assertThrows } from "@std/assert";
import type { AppSpec, LWWMap } from "../../shared/mod.ts";
import {
  bounce,
  crash,
  deploy,
  evict,
  hold,
  injectLocalMutation,
  nowMs,
  partition,
  release,
  repair,
  runFor,
  type RunningApp,
  settle,
  skew,
  startApp,
  UsageError,
} from "../../sim/mod.ts";
import { todo } from "../../sim/scenarios/source_todo.ts";
import { note, notesAt, sharedNotes } from "./shared_notes.ts";

function started(): RunningApp {
  const app = startApp(sharedNotes);
  settle(app);
  return app;
}

Deno.test("settle: what was written is everywhere, and no time passes where nothing is under way", () => {
  const app = started();
  note(app, "client-0", "a");
  settle(app);
  assertEquals(notesAt(app, "client-1"), ["a"]);
  const beforeMs = nowMs(app);
  settle(app);
  assertEquals(nowMs(app), beforeMs);
});

Deno.test("settle: what is derived two hops away is there too", () => {
  const app = startApp(todo);
  settle(app);
  injectLocalMutation(
    app,
    "db",
    "/db/all_todos",
    (all: LWWMap<string[]>) => all.setValueForKey("user-1", ["tea"]),
  );
  settle(app);
  assertEquals(app.zones.client![1]!.state.my_todos.getValue(), ["tea"]);
  assertEquals(app.zones.server![0]!.state.user_count.getValue(), 1);
});

Deno.test("partition, repair: a connection says so, and nothing passes between", () => {
  const app = started();
  partition(app, "client-0", "space/server0");
  assertEquals(app.connections[2]!.isActive, false);
  note(app, "client-0", "a");
  settle(app);
  assertEquals(notesAt(app, "db"), []);
  repair(app, "client-0", "space/server0");
  assertEquals(app.connections[2]!.isActive, true);
  runFor(app, 60_000);
  assertEquals(notesAt(app, "db"), ["a"]);
});

Deno.test("hold, release: what waits comes all at once", () => {
  const app = started();
  hold(app, "client-0", "space/server0");
  note(app, "client-0", "a");
  note(app, "client-0", "b");
  settle(app);
  assertEquals(notesAt(app, "db"), []);
  release(app, "client-0", "space/server0");
  settle(app);
  assertEquals(notesAt(app, "db"), ["a", "b"]);
});

const deaths: [string, (app: RunningApp) => void][] = [
  ["a client crashes", (app) => crash(app, "client-0")],
  ["the root crashes", (app) => crash(app, "db")],
  ["a server node bounces", (app) => bounce(app, "space/server0", 5_000)],
  ["a server node sleeps", (app) => evict(app, "space/server0")],
  ["the root is evicted", (app) => evict(app, "db", "close")],
  ["a clock is off", (app) => skew(app, "client-0", 3_600_000)],
];

for (const [what, happens] of deaths) {
  Deno.test(`verbs: ${what}, and what was written before and after is kept`, () => {
    const app = started();
    note(app, "client-0", "before");
    settle(app);
    happens(app);
    note(app, "client-0", "after");
    runFor(app, 120_000);
    for (const id of ["db", "client-0", "client-1"]) {
      assertEquals(notesAt(app, id), ["after", "before"]);
    }
  });
}

Deno.test("deploy: nodes of the next version wait for one another, and go on", () => {
  const next: AppSpec = {
    ...sharedNotes,
    zones: {
      ...sharedNotes.zones,
      db: {
        ...sharedNotes.zones.db,
        tags: { crdtType: "GSet", valueType: "string", init: () => new Set() },
      },
    },
  };
  const app = startApp(sharedNotes, { next });
  settle(app);
  for (const { id } of app.zones.client!) deploy(app, id);
  note(app, "client-0", "a");
  runFor(app, 60_000);
  assertEquals(notesAt(app, "db"), []);
  deploy(app, "db");
  for (const { id } of app.zones.server!) deploy(app, id);
  runFor(app, 300_000);
  assertEquals(notesAt(app, "client-1"), ["a"]);
});

Deno.test("verbs refuse a node that is not there", () => {
  const error = assertThrows(() => crash(started(), "nobody"), UsageError);
  assertEquals(error.code, "unknown-node");
});
