/**
 * Specs of other shapes than the to-do's: every way of placing state and
 * computation that nodes run.
 *
 * @module
 */

import { assertEquals, assertGreater, assertThrows } from "@std/assert";
import type { GSet, LWWMap, LWWRegister } from "../../shared/mod.ts";
import type { AppSpec, RunningNode, ZEvent } from "../../shared/mod.ts";
import { deployableApp } from "../../shared/mod.ts";
import { injectLocalMutation, runFor, startApp } from "../../sim/mod.ts";
import { deepScenario } from "./deep_scenario.ts";
import { runSlice } from "./slice.ts";
import { treeScenario } from "./tree_scenario.ts";

const everyone = { using: () => true, withCheck: () => true };

function register(
  path: string,
  value: (node: RunningNode, event: ZEvent) => unknown,
) {
  return (node: RunningNode, event: ZEvent) => ({
    nodeId: event.nodeId,
    path,
    msg: {
      nodeId: node.id,
      timestamp: node.getTimestamp(),
      value: value(node, event),
    },
  });
}

Deno.test("clients right below the root read and write through a node that is no zone", () => {
  const app = startApp({
    zones: {
      db: {
        notes: {
          crdtType: "LWWMap",
          valueType: "string",
          init: () => new Map([["a", "first"]]),
          access: everyone,
        },
      },
      client: { notes: { replica_of: "/db/notes" } },
    },
    channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
  });
  runFor(app, 1_000);
  const [one, two] = app.zones.client!;
  assertEquals(one!.state.notes.getValue(), new Map([["a", "first"]]));
  injectLocalMutation(
    app,
    "client-0",
    "/client/notes",
    (notes: LWWMap<string>) => notes.setValueForKey("b", "second"),
  );
  injectLocalMutation(
    app,
    "client-1",
    "/client/notes",
    (notes: LWWMap<string>) => notes.removeKey("a"),
  );
  runFor(app, 1_000);
  for (const client of [one, two]) {
    assertEquals(client!.state.notes.getValue(), new Map([["b", "second"]]));
    assertEquals(client!.state.notes.countKeys(), 1);
  }
  assertEquals(app.zones.db![0]!.state.notes.countKeys(), 1);
});

const shapes: AppSpec = {
  zones: {
    db: {
      tags: {
        crdtType: "GSet",
        valueType: "string",
        init: () => new Set(["init"]),
        access: everyone,
      },
      title: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "untitled",
        access: everyone,
      },
      greet: register(
        "/client/greeting",
        (node, event) =>
          `${event.session.claims.user_id}: ${node.state.title.getValue()}`,
      ),
      size: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/db/measure",
        depends_on: ["/db/tags"],
      },
      measure: register("/db/size", (node) => node.state.tags.getValue().size),
    },
    server: {
      doubled: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/server/double",
        depends_on: ["/db/size"],
      },
      double: register(
        "/server/doubled",
        (node) => 2 * (node.state.size.getValue() ?? 0),
      ),
      list: (node, event) => ({
        nodeId: event.nodeId,
        path: "/client/index",
        msg: new Map(
          [...node.state.tags.getValue()].map((
            tag: string,
          ) => [tag, {
            nodeId: node.id,
            timestamp: node.getTimestamp(),
            value: tag.length,
          }]),
        ),
      }),
    },
    client: {
      tags: { replica_of: "/db/tags" },
      title: { replica_of: "/db/title" },
      greeting: {
        crdtType: "LWWRegister",
        valueType: "string",
        computer: "/db/greet",
        depends_on: ["/db/title"],
      },
      index: {
        crdtType: "LWWMap",
        valueType: "number",
        computer: "/server/list",
        depends_on: ["/db/tags"],
      },
      page: {
        crdtType: "LWWRegister",
        valueType: "string",
        computer: "/client/draw",
        depends_on: ["/client/greeting", "/server/doubled"],
      },
      draw: register(
        "/client/page",
        (node) =>
          `${node.state.greeting.getValue()} ${node.state.doubled.getValue()}`,
      ),
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
};

Deno.test("sets, registers and maps are shared, and derived at the db, at the server, in the client, and two hops away", () => {
  const app = startApp(shapes);
  runFor(app, 2_000);
  const [one, two] = app.zones.client!;
  assertEquals(one!.state.page.getValue(), "user-0: untitled 2");
  injectLocalMutation(
    app,
    "client-0",
    "/client/tags",
    (tags: GSet<string>) => tags.add("red"),
  );
  injectLocalMutation(
    app,
    "client-1",
    "/client/title",
    (title: LWWRegister<string>) => title.setValue("Garden"),
  );
  runFor(app, 2_000);
  for (const [i, client] of [one, two].entries()) {
    assertEquals(client!.state.tags.getValue(), new Set(["init", "red"]));
    assertEquals(client!.state.title.getValue(), "Garden");
    assertEquals(client!.state.greeting.getValue(), `user-${i}: Garden`);
    assertEquals(
      client!.state.index.getValue(),
      new Map([["init", 4], ["red", 3]]),
    );
    assertEquals(client!.state.page.getValue(), `user-${i}: Garden 4`);
  }
  assertEquals(app.zones.server![0]!.state.doubled.getValue(), 4);
});

Deno.test("server zones in a row that catch up all the time: 60 seeds", () => {
  runSlice(deepScenario, 90_000, 90_060);
});

Deno.test("server zones behind and beside server zones: 100 seeds of a tree of six", () => {
  assertGreater(runSlice(treeScenario, 0, 100), 40_000);
});

Deno.test("a tree that one worker cannot serve is not deployed", () => {
  assertThrows(
    () =>
      deployableApp({
        zones: { db: {}, region: {}, server: {}, client: {} },
        channels: [
          { type: "websocket", fromZone: "db", toZone: "region" },
          { type: "websocket", fromZone: "region", toZone: "server" },
          { type: "websocket", fromZone: "server", toZone: "client" },
        ],
      }),
    Error,
    'server zones "region" and "server"',
  );
});
