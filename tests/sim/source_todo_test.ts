/**
 * The source document's own app, exactly as written there.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { injectLocalMutation, runFor, startApp } from "../../sim/mod.ts";
import type { LWWMap } from "../../shared/mod.ts";
import { todo } from "../../sim/scenarios/source_todo.ts";

Deno.test("startApp: the source's literal starts with one db node and two of each other", () => {
  const app = startApp(todo);
  assertEquals(app.zones.db?.length, 1);
  assertEquals(app.zones.server?.length, 2);
  assertEquals(app.zones.client?.length, 2);
});

Deno.test("startApp: what operators write reaches just the client it is for, and every count", () => {
  const app = startApp(todo);
  const give = (user: string, todos: string[]) =>
    injectLocalMutation(
      app,
      "db",
      "/db/all_todos",
      (all: LWWMap<string[]>) => all.setValueForKey(user, todos),
    );
  give("user-0", ["milk"]);
  give("user-1", ["tea", "jam"]);
  runFor(app, 60_000);
  const [first, second] = app.zones.client!;
  assertEquals(first!.state.my_todos.getValue(), ["milk"]);
  assertEquals(second!.state.my_todos.getValue(), ["tea", "jam"]);
  for (const server of app.zones.server!) {
    assertEquals(server.state.user_count.getValue(), 2);
  }
  for (const client of app.zones.client!) {
    assertEquals(client.state.ui.getValue(), new Map());
    assertEquals(client.state.task_input.getValue(), "");
  }
  give("user-0", ["milk", "bread"]);
  runFor(app, 60_000);
  assertEquals(first!.state.my_todos.getValue(), ["milk", "bread"]);
  assertEquals(second!.state.my_todos.getValue(), ["tea", "jam"]);
});

Deno.test("injectLocalMutation: a client's private var is its own", () => {
  const app = startApp(todo);
  runFor(app, 1_000);
  injectLocalMutation(
    app,
    "client-0",
    "/client/task_input",
    (input) => input.setValue("typing"),
  );
  runFor(app, 1_000);
  assertEquals(app.zones.client![0]!.state.task_input.getValue(), "typing");
  assertEquals(app.zones.client![1]!.state.task_input.getValue(), "");
});
