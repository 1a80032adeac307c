/**
 * The connections of a started app: what is set on one governs what happens.
 *
 * @module
 */

import { assertEquals, assertGreater, assertThrows } from "@std/assert";
import {
  type Connection,
  nowMs,
  runFor,
  type RunningApp,
  startApp,
  tick,
  UsageError,
} from "../../sim/mod.ts";
import { note, notesAt, sharedNotes } from "./shared_notes.ts";
import { treeScenario } from "./tree_scenario.ts";

const NOT_STORED_MS = 300;

function connectionOf(app: RunningApp, id: string): Connection {
  return app.connections.find(({ toNodeId }) => toNodeId === id)!;
}

/** Runs until a client has a note, and says how much virtual time that took. */
function msUntil(app: RunningApp, id: string, key: string): number {
  const beganMs = nowMs(app);
  while (!notesAt(app, id).includes(key)) {
    if (!tick(app) || nowMs(app) - beganMs > 120_000) {
      throw new Error(`${key} does not come to ${id}`);
    }
  }
  return nowMs(app) - beganMs;
}

Deno.test("startApp: each node is connected to one node of the zone above it, in turn", () => {
  const app = startApp(sharedNotes, { nodes: 2 });
  assertEquals(
    app.connections.map((one) => [one.fromNodeId, one.toNodeId, one.isActive]),
    [
      ["db", "space/server0", true],
      ["db", "space/server1", true],
      ["space/server0", "client-0", true],
      ["space/server1", "client-1", true],
    ],
  );
  assertEquals(app.connections.map((one) => [one.fromZone, one.toZone])[2], [
    "server",
    "client",
  ]);
});

Deno.test("startApp: a tree of six zones has all its nodes connected", () => {
  const app = startApp(treeScenario.app.spec);
  const sizes = Object.values(app.zones).map((nodes) => nodes.length);
  assertEquals(sizes, [1, 2, 2, 2, 2, 2, 2]);
  assertEquals(app.connections.length, 12);
  runFor(app, 5_000);
  note(app, "console-0", "user-0/a");
  runFor(app, 5_000);
  // The console's copy is of all that its rule lets it see.
  for (const id of ["db", "phone-0", "kiosk-0", "console-0"]) {
    assertEquals(notesAt(app, id), ["user-0/a"], id);
  }
  assertEquals(notesAt(app, "phone-1"), []);
});

Deno.test("startApp: clients right below the root are connected to the root", () => {
  const { db, client } = sharedNotes.zones;
  const app = startApp({
    zones: { db: db!, client: client! },
    channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
  });
  assertEquals(
    app.connections.map((one) => [one.fromNodeId, one.toNodeId]),
    [["db", "client-0"], ["db", "client-1"]],
  );
  runFor(app, 1_000);
  connectionOf(app, "client-0").isActive = false;
  note(app, "client-0", "a");
  runFor(app, 60_000);
  assertEquals(notesAt(app, "db"), []);
  connectionOf(app, "client-0").isActive = true;
  assertGreater(msUntil(app, "client-1", "a"), 0);
});

for (const cutAt of ["client-0", "space/server0"]) {
  Deno.test(`isActive: over ${cutAt}'s connection that is cut nothing comes, and after repair everything`, () => {
    const app = startApp(sharedNotes);
    runFor(app, 5_000);
    const connection = connectionOf(app, cutAt);
    connection.isActive = false;
    assertEquals(connection.isActive, false);
    note(app, "client-0", "up");
    note(app, "client-1", "down");
    runFor(app, 5 * 60_000);
    // The edit is where it was made, and waits.
    assertEquals(notesAt(app, "client-0"), ["up"]);
    assertEquals(notesAt(app, "db"), ["down"]);
    assertEquals(notesAt(app, "client-1"), ["down"]);
    connection.isActive = true;
    assertEquals(connection.isActive, true);
    runFor(app, 5 * 60_000);
    for (const id of ["client-0", "db", "client-1"]) {
      assertEquals(notesAt(app, id), ["down", "up"]);
    }
  });
}

Deno.test("latency: nothing comes before it is over, in either direction", () => {
  const app = startApp(sharedNotes);
  runFor(app, 5_000);
  const [up, down] = [
    connectionOf(app, "client-0"),
    connectionOf(app, "client-1"),
  ];
  up.latency = 4_000;
  down.latency = 700;
  assertEquals([up.latency, down.latency], [4_000, 700]);
  note(app, "client-0", "a");
  const toDb = msUntil(app, "db", "a");
  const onwards = msUntil(app, "client-1", "a");
  // Two hops up, and two down; no more than that, and what a device's store takes.
  const atServer = connectionOf(app, "space/server0").latency;
  assertEquals(toDb >= 4_000 + atServer, true, `${toDb} ms`);
  assertEquals(toDb < 4_000 + atServer + NOT_STORED_MS, true, `${toDb} ms`);
  assertEquals(onwards >= 700 + atServer, true, `${onwards} ms`);
  assertEquals(onwards < 700 + atServer + NOT_STORED_MS, true, `${onwards} ms`);
});

Deno.test("latency: a node that dials waits there and back before it has a link", () => {
  const app = startApp(sharedNotes);
  const slow = connectionOf(app, "client-0");
  slow.latency = 2_000;
  note(app, "client-0", "a");
  assertGreater(msUntil(app, "db", "a"), 6_000);
});

Deno.test("latency: what is no time is refused", () => {
  const app = startApp(sharedNotes);
  for (const ms of [-1, NaN, Infinity]) {
    const error = assertThrows(
      () => app.connections[0]!.latency = ms,
      UsageError,
    );
    assertEquals([error.code, error.path], ["bad-option", "latency"]);
  }
  app.connections[0]!.latency = 0.1;
  assertEquals(app.connections[0]!.latency, 0.1);
  runFor(app, 1_000);
});
