/**
 * Histories after which somebody waited for ever, or saw what was another's,
 * although nothing was lost that the protocol could not have asked for.
 *
 * @module
 */

import { assert, assertEquals, assertLess } from "@std/assert";
import type { App } from "../../shared/spec/app.ts";
import type {
  AppSpec,
  Effect,
  Session,
  ZEvent,
} from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { decodeMessage, encodeMessage } from "../../shared/protocol/message.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import type { Client } from "../../sim/client.ts";
import type { ServerHost } from "../../sim/hosts.ts";
import { operate } from "../../sim/operate.ts";
import { World } from "../../sim/world.ts";

const SOON_MS = 2_000;
const everyone = { using: () => true, withCheck: () => true };

const notes = {
  crdtType: "LWWMap",
  valueType: "string",
  init: () => new Map<string, string>(),
  access: everyone,
} as const;

function give({ nodeId }: ZEvent, path: string, value: unknown): Effect {
  return { nodeId, path, msg: { timestamp: 1, nodeId: "x", value } };
}

/** Three zones over notes for all, with more entries in each. */
function appOf(
  db: AppSpec["zones"][string],
  server: AppSpec["zones"][string],
  client: AppSpec["zones"][string],
): App {
  return parseAppSpec({
    zones: {
      db: { notes, ...db },
      server,
      client: { notes: { replica_of: "/db/notes" }, ...client },
    },
    channels: [
      { type: "websocket", fromZone: "db", toZone: "server" },
      { type: "websocket", fromZone: "server", toZone: "client" },
    ],
  });
}

function write(world: World, key: string, value: string): void {
  const variable = world.app.vars.get("/db/notes");
  assert(variable?.kind === "source");
  operate(world, variable, (map) => map.setValueForKey(key, value));
}

function serverOf(world: World): ServerHost {
  const [member] = world.servers.values();
  return member!.host;
}

/** A client that looks at some of its vars only. */
function looksAt(client: Client, paths: readonly string[]): void {
  client.host.die();
  client.host.run({ type: "observe", paths });
}

/** The value of a register of a client; `undefined` while it loads. */
function valueAt(client: Client, path: string): unknown {
  return client.get(path).getValue();
}

Deno.test("a session does not get what is computed for another that has its name", () => {
  const app = appOf(
    {
      whose: (_node, event) =>
        give(event, "/client/mine", `for ${event.session.claims.sub}`),
    },
    {},
    {
      mine: {
        crdtType: "LWWRegister",
        valueType: "string",
        computer: "/db/whose",
        depends_on: ["/db/notes"],
      },
    },
  );
  const world = new World(app, { seed: 1 });
  const victim = world.addClient("victim", "client", { sub: "victim" });
  world.runFor(SOON_MS);
  assertEquals(valueAt(victim, "/client/mine"), "for victim");

  const host = serverOf(world);
  const said: Uint8Array[] = [];
  const hears = () => {
    for (const output of host.last?.after ?? []) {
      if (output.type === "send" && output.link === "mallory's") {
        said.push(output.bytes);
      }
    }
  };
  world.onStepped = ({ name }) => {
    if (name === host.name) hears();
  };
  host.run({
    type: "joined",
    socket: "mallory's",
    claims: { sub: "mallory" },
    expiresMs: Number.MAX_SAFE_INTEGER,
  });
  const [path, range, consumer, cursor] = ["/client/mine", null, null, null];
  const hello = encodeMessage({
    type: "hello",
    protocol: PROTOCOL_VERSION,
    specHash: app.hash,
    node: "victim",
    link: 7,
    seen: 0,
    wants: [{ id: 1, path, range, consumer, cursor }],
  });
  host.run({ type: "frame", socket: "mallory's", bytes: hello });
  world.runFor(SOON_MS);
  const text = said.map((bytes) => new TextDecoder().decode(bytes)).join();
  assertEquals(text.includes("for mallory"), true);
  assertEquals(text.includes("for victim"), false);
  assertEquals(valueAt(victim, "/client/mine"), "for victim");
});

Deno.test("an event that reads a value which nobody has is answered", () => {
  const app = appOf(
    { nothing: () => null },
    {
      count: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/db/nothing",
        depends_on: ["/db/notes"],
      },
      copy: ({ state }, event) => ({
        nodeId: event.nodeId,
        path: "/db/notes",
        msg: state.notes.setValueForKey("count", `${state.count.getValue()}`)
          .message,
      }),
    },
    {},
  );
  const world = new World(app, { seed: 1 });
  const ann = world.addClient("ann", "client", { sub: "ann" });
  world.runFor(SOON_MS);
  ann.dispatch("/server/copy", null);
  world.runFor(SOON_MS);
  assertEquals(ann.host.state?.outbox.size, 0);
  const map = ann.get("/client/notes");
  assertEquals(map.getValueForKey("count"), "undefined");
});

Deno.test("what a session asked for after its hello outlives its server node's sleep", () => {
  const app = appOf(
    {},
    {
      first: ({ state }, event) => {
        const value = state.notes.getValueForKey("first");
        return value ? give(event, "/client/first", value) : null;
      },
    },
    {
      first: {
        crdtType: "LWWRegister",
        valueType: "string",
        computer: "/server/first",
        depends_on: ["/db/notes"],
      },
    },
  );
  const world = new World(app, { seed: 1 });
  const ann = world.addClient("ann", "client", { sub: "ann" });
  looksAt(ann, ["/client/notes"]);
  world.runFor(SOON_MS);
  ann.host.run({ type: "observe", paths: ["/client/first"] });
  world.runFor(SOON_MS);
  world.hibernate(serverOf(world).name);
  write(world, "first", "one");
  world.runFor(SOON_MS);
  assertEquals(valueAt(ann, "/client/first"), "one");
});

Deno.test("a value that was asked for in a frame that was lost is asked for again", () => {
  const app = appOf(
    {},
    { one: (_node, event) => give(event, "/client/one", 1) },
    {
      one: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/server/one",
        depends_on: ["/db/notes"],
      },
    },
  );
  const world = new World(app, { seed: 1 });
  const ann = world.addClient("ann", "client", { sub: "ann" });
  looksAt(ann, ["/client/notes"]);
  world.runFor(SOON_MS);
  const { wires } = world.network;
  wires.cut("ann", serverOf(world).name);
  ann.host.run({ type: "observe", paths: ["/client/one"] });
  world.runFor(100);
  wires.healAll();
  ann.wake();
  world.runFor(SOON_MS);
  assertEquals(valueAt(ann, "/client/one"), 1);
});

Deno.test("what a master had under way when it died arrives, though nobody writes again", () => {
  const world = new World(appOf({}, {}, {}), { seed: 1, servers: 2 });
  const [near, far] = [...world.servers.keys()];
  const ann = world.addClient("ann", "client", { sub: "ann" }, near);
  const ben = world.addClient("ben", "client", { sub: "ben" }, far);
  world.runFor(SOON_MS);
  const { wires } = world.network;
  wires.hold("master", far!);
  wires.hold("db", far!);
  for (const key of ["a", "b"]) {
    ann.mutate("/client/notes", (map) => map.setValueForKey(key, "new"));
    world.runFor(500);
  }
  assertEquals(ann.host.state?.outbox.size, 0);
  world.crash(world.master.name);
  wires.healAll();
  world.runFor(10_000);
  assertEquals(ben.get("/client/notes").getValueForKey("b"), "new");
});

Deno.test("however much a server node wants, no message is larger than it reads", () => {
  const app = parseAppSpec({
    zones: {
      db: { notes },
      server: {},
      client: {
        notes: {
          replica_of: "/db/notes",
          scope: ({ claims }: Session) => [{ prefix: `${claims.sub}/` }],
        },
      },
    },
    channels: [
      { type: "websocket", fromZone: "db", toZone: "server" },
      { type: "websocket", fromZone: "server", toZone: "client" },
    ],
  });
  const world = new World(app, { seed: 1 });
  const users = Array.from({ length: 60 }, (_, i) => `user${i}`);
  const long = "x".repeat(100_000);
  for (const user of users) write(world, `${user}/note`, long);
  let largest = 0;
  world.onStepped = ({ outcome }) => {
    for (const output of outcome.after) {
      if (output.type !== "call" && output.type !== "reply") continue;
      largest = Math.max(largest, output.bytes.length);
      decodeMessage(output.bytes);
    }
  };
  const clients = users.map((sub) => world.addClient(sub, "client", { sub }));
  world.runFor(SOON_MS);
  world.hibernate(serverOf(world).name);
  for (const user of users) write(world, `${user}/note`, `${long}y`);
  world.runFor(SOON_MS);
  for (const client of clients) {
    const value = client.get("/client/notes")
      .getValueForKey(`${client.name}/note`);
    assertEquals(value?.length, 100_001, client.name);
  }
  assertLess(largest, 2_000_000);
  assertLess(1_000_000, largest);
});

function answersAfterSleep(paths: readonly string[]): string[] {
  const world = new World(appOf({}, {}, {}), { seed: 1 });
  const { master } = world;
  const hellos: Uint8Array[] = [];
  const answers: string[] = [];
  world.onStepped = ({ name, event, outcome }) => {
    if (name !== master.name || !("bytes" in event)) return;
    const bytes = event.bytes as Uint8Array;
    if (decodeMessage(bytes).type !== "hello") return;
    hellos.push(bytes);
    for (const output of outcome.after) {
      if (output.type !== "reply") continue;
      answers.push(decodeMessage(output.bytes).type);
    }
  };
  looksAt(world.addClient("ann", "client", { sub: "ann" }), paths);
  world.runFor(SOON_MS);
  const [from] = world.servers.keys();
  write(world, "a", "1");
  world.runFor(SOON_MS);

  master.die();
  answers.length = 0;
  const bytes = hellos.at(-1)!;
  master.run({ type: "peer", from: from!, bytes, answering: false });
  return answers;
}

Deno.test("a hello that was answered begins no link again, though the master slept", () => {
  assertEquals(answersAfterSleep(["/client/notes"]), ["resync"]);
  assertEquals(answersAfterSleep([]), ["resync"]);
});
