/**
 * Nodes that join, move and leave while an app runs.
 *
 * @module
 */

import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  digestOf,
  establishConnection,
  initNode,
  leave,
  runFor,
  type RunningApp,
  simulate,
  startApp,
  UsageError,
} from "../../sim/mod.ts";
import type { AppSpec } from "../../shared/mod.ts";
import { randomOf } from "../../sim/random.ts";
import { note, notesAt, sharedNotes } from "./shared_notes.ts";
import { treeScenario } from "./tree_scenario.ts";

const LONG_MS = 5 * 60_000;

function upOf(app: RunningApp, id: string): string | undefined {
  return app.connections.find(({ toNodeId }) => toNodeId === id)?.fromNodeId;
}

Deno.test("initNode: a client that joins talks to nobody, until it is connected", () => {
  const app = startApp(sharedNotes);
  note(app, "client-0", "a");
  const phone = initNode(app, "client", { claims: { sub: "ann" } });
  assertEquals([phone.id, phone.zone, phone.claims.sub], [
    "client-2",
    "client",
    "ann",
  ]);
  assertEquals(app.zones.client!.map(({ id }) => id), [
    "client-0",
    "client-1",
    "client-2",
  ]);
  note(app, phone.id, "b");
  runFor(app, LONG_MS);
  assertEquals(upOf(app, phone.id), undefined);
  assertEquals(notesAt(app, phone.id), ["b"]);
  assertEquals(notesAt(app, "db"), ["a"]);
  const made = establishConnection(
    app,
    app.zones.server![1]!,
    phone,
    "websocket",
  );
  assertEquals([made.fromNodeId, made.isActive], ["space/server1", true]);
  assertEquals(app.connections.at(-1), made);
  runFor(app, LONG_MS);
  for (const id of ["db", "client-0", "client-1", phone.id]) {
    assertEquals(notesAt(app, id), ["a", "b"]);
  }
});

Deno.test("establishConnection: a client that is connected elsewhere moves", () => {
  const app = startApp(sharedNotes);
  runFor(app, 1_000);
  establishConnection(app, "client-0", "space/server1", "websocket");
  assertEquals(app.connections.length, 4);
  assertEquals(upOf(app, "client-0"), "space/server1");
  runFor(app, LONG_MS);
  // Its old node may go: it is not there.
  leave(app, "space/server0");
  note(app, "client-0", "a");
  runFor(app, 2_000);
  assertEquals(notesAt(app, "client-1"), ["a"]);
});

Deno.test("leave: the clients of a server node go to another, with all that they have", () => {
  const app = startApp(sharedNotes, { nodes: 3 });
  runFor(app, 1_000);
  note(app, "client-0", "unsent");
  leave(app, app.zones.server![0]!);
  assertEquals(app.zones.server!.map(({ id }) => id), [
    "space/server1",
    "space/server2",
  ]);
  assertNotEquals(upOf(app, "client-0"), "space/server0");
  assertEquals(app.connections.length, 5);
  runFor(app, LONG_MS);
  for (const id of ["db", "client-0", "client-1", "client-2"]) {
    assertEquals(notesAt(app, id), ["unsent"]);
  }
});

Deno.test("leave: without any server node clients keep what they have, and go to the next that joins", () => {
  const app = startApp(sharedNotes, { nodes: 1 });
  runFor(app, 1_000);
  leave(app, "space/server0");
  note(app, "client-0", "a");
  runFor(app, LONG_MS);
  assertEquals(app.connections.length, 0);
  assertEquals(notesAt(app, "db"), []);
  const server = initNode(app, "server");
  establishConnection(app, "db", server, "websocket");
  establishConnection(app, server, "client-0", "websocket");
  runFor(app, LONG_MS);
  assertEquals(notesAt(app, "db"), ["a"]);
});

Deno.test("leave: a client that left is not there, and nobody waits for it", () => {
  const app = startApp(sharedNotes);
  runFor(app, 1_000);
  const gone = app.zones.client![0]!;
  leave(app, gone);
  assertEquals(app.zones.client!.map(({ id }) => id), ["client-1"]);
  assertEquals(app.connections.length, 3);
  assertThrows(() => gone.state.notes, UsageError, "gone");
  note(app, "client-1", "a");
  runFor(app, LONG_MS);
  assertEquals(notesAt(app, "db"), ["a"]);
  assertThrows(() => leave(app, gone), UsageError, "unknown-node");
});

Deno.test("leave: behind a server zone that goes, server nodes find another one", () => {
  const app = startApp(treeScenario.app.spec);
  runFor(app, 5_000);
  leave(app, "space/region0");
  assertEquals(upOf(app, "space/edge0"), "space/region1");
  assertEquals(upOf(app, "kiosk-0"), "space/region1");
  note(app, "phone-0", "user-0/a");
  runFor(app, LONG_MS);
  assertEquals(notesAt(app, "kiosk-0"), ["user-0/a"]);
  const [phone] = app.zones.phone!;
  assertEquals(phone!.state.sum.getValue(), 121);
  assertEquals(phone!.state.at_region.getValue(), 1);
});

const refusals: [string, (app: RunningApp) => void][] = [
  ["unknown-zone", (app) => initNode(app, "attic")],
  ["root-node", (app) => initNode(app, "db")],
  ["taken-id", (app) => initNode(app, "client", { id: "client-0" })],
  ["unknown-node", (app) => leave(app, "nobody")],
  ["root-node", (app) => leave(app, "db")],
  [
    "no-channel",
    (app) => establishConnection(app, "db", "client-0", "websocket"),
  ],
  [
    "unknown-node",
    (app) => establishConnection(app, "db", "nobody", "websocket"),
  ],
  ["not-started", () => runFor({ zones: {}, connections: [] }, 1)],
];

for (const [code, call] of refusals) {
  Deno.test(`a typed refusal says what was wrong: ${code} of ${call}`, () => {
    const error = assertThrows(() => call(startApp(sharedNotes)), UsageError);
    assertEquals(error.code, code);
    assertEquals(
      error.message,
      `${code} at ${error.path}: found ${error.found}, want ${error.wanted}`,
    );
  });
}

/** Joins, leaves, cuts and writes by a seed, and then peace. */
function churn(seed: number): { digest: string; notes: string[][] } {
  const random = randomOf(seed);
  const app = startApp(sharedNotes, { seed, nodes: 2 });
  for (let i = 0; i < 40; i++) {
    const { client: clients = [], server: servers = [] } = app.zones;
    const kind = random.below(7);
    if (kind === 0) initNode(app, "client");
    if (kind === 1 && clients.length > 1) leave(app, random.pick(clients));
    if (kind === 2 && servers.length > 1) leave(app, random.pick(servers));
    if (kind === 3) {
      establishConnection(app, "db", initNode(app, "server"), "websocket");
    }
    if (kind === 4) {
      const [one, other] = [random.pick(servers), random.pick(clients)];
      establishConnection(app, one, other, "websocket");
    }
    if (kind === 5 && app.connections.length > 0) {
      random.pick(app.connections).isActive = random.chance(0.5);
    }
    note(app, random.pick(app.zones.client!).id, `note-${random.below(20)}`);
    runFor(app, random.below(3_000));
  }
  for (const [i, { id }] of app.zones.client!.entries()) {
    const { server: servers = [] } = app.zones;
    establishConnection(app, servers[i % servers.length]!, id, "websocket");
  }
  for (const connection of app.connections) connection.isActive = true;
  runFor(app, 3 * LONG_MS);
  const ids = ["db", ...app.zones.client!.map(({ id }) => id)];
  return {
    digest: digestOf(app),
    notes: ids.map((id) => notesAt(app, id)),
  };
}

Deno.test("joins, leaves, moves and cuts of 30 seeds: all who stay agree with the db", () => {
  for (let seed = 0; seed < 30; seed++) {
    const { notes: [db, ...others] } = churn(seed);
    for (const other of others) assertEquals(other, db, `seed ${seed}`);
  }
});

Deno.test("joins, leaves, moves and cuts of one seed give one digest", () => {
  assertEquals(churn(7).digest, churn(7).digest);
  assertNotEquals(churn(7).digest, churn(8).digest);
});

Deno.test("establishConnection: a server node that moves takes its clients along", () => {
  const app = startApp(treeScenario.app.spec);
  runFor(app, 5_000);
  establishConnection(app, "space/region1", "space/edge0", "websocket");
  assertEquals(upOf(app, "space/edge0"), "space/region1");
  assertEquals(upOf(app, "phone-0"), "space/edge0");
  note(app, "phone-0", "user-0/a");
  runFor(app, LONG_MS);
  assertEquals(notesAt(app, "db"), ["user-0/a"]);
  assertEquals(app.zones.phone![0]!.state.sum.getValue(), 121);
  note(app, "kiosk-0", "user-0/b");
  runFor(app, LONG_MS);
  assertEquals(app.zones.phone![0]!.state.sum.getValue(), 242);
  // Nobody waits for the node it had before.
  leave(app, "space/region0");
  note(app, "console-0", "user-0/c");
  runFor(app, LONG_MS);
  assertEquals(app.zones.phone![0]!.state.sum.getValue(), 363);
});

Deno.test("startApp: clients right below the root and behind server nodes are one app", () => {
  const { zones, channels } = sharedNotes;
  const spec: AppSpec = {
    zones: { ...zones, desk: { notes: { replica_of: "/db/notes" } } },
    channels: [
      ...channels,
      { type: "websocket", fromZone: "db", toZone: "desk" },
    ],
  };
  const app = startApp(spec);
  assertEquals(upOf(app, "desk-1"), "db");
  runFor(app, 1_000);
  note(app, "desk-0", "a");
  note(app, "client-0", "b");
  runFor(app, 1_000);
  for (const id of ["db", "desk-0", "desk-1", "client-0", "client-1"]) {
    assertEquals(notesAt(app, id), ["a", "b"]);
  }
  const { failure } = simulate(spec, { seeds: 10 });
  assertEquals(failure, null, failure?.trace);
});
