/**
 * Actors are known to all who see a row of theirs. Who writes under another's
 * is refused, and the other's writes go on: in the memory world, where a frame
 * can come at any moment between two events.
 */

import { assert, assertEquals } from "@std/assert";
import { rejectedIn } from "../../shared/node/client/stored.ts";
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from "../../shared/protocol/message.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import type { Client } from "../../sim/client.ts";
import type { ServerHost } from "../../sim/hosts.ts";
import { World } from "../../sim/world.ts";
import { eventOf, notesOf } from "./raw_write.ts";
import { APP } from "./running_fixture.ts";
import { FIRST_LINK, helloOf } from "./wire_client.ts";

const SOCKET = "mallory's";
const SOON_MS = 1_000;
const BOB = "bob/standing";

/** Somebody with a socket of their own at the server node, who knows bob's actor. */
class Mallory {
  /** What was said to them. */
  readonly heard: Message[] = [];
  readonly #host: ServerHost;

  constructor(host: ServerHost) {
    this.#host = host;
    const claims = { sub: "mallory" };
    const expiresMs = Number.MAX_SAFE_INTEGER;
    this.#run({ type: "joined", socket: SOCKET, claims, expiresMs });
    this.say({ ...helloOf(FIRST_LINK, []), node: "bob" });
  }

  say(message: Message): void {
    const bytes = encodeMessage(message);
    this.#run({ type: "frame", socket: SOCKET, bytes });
  }

  push(...writes: PushedWrite[]): void {
    this.say({ type: "push", link: FIRST_LINK, writes });
  }

  #run(event: Parameters<ServerHost["run"]>[0]): void {
    this.#host.run(event);
    for (const output of this.#host.last?.after ?? []) {
      if (output.type !== "send" || output.link !== SOCKET) continue;
      this.heard.push(decodeMessage(output.bytes));
    }
  }
}

interface Stage {
  readonly world: World;
  readonly bob: Client;
  readonly mallory: Mallory;
  readonly actor: string;
}

/** A world in which bob has written once, so that his actor is known. */
function setStage(): Stage {
  const world = new World(APP, { seed: 1 });
  const bob = world.addClient("bob", "client", { sub: "bob" });
  world.runFor(SOON_MS);
  const first = note(bob, "first");
  world.runFor(SOON_MS);
  assertEquals(bob.host.state?.outbox.size, 0);
  const [server] = [...world.servers.values()];
  assert(server !== undefined);
  const mallory = new Mallory(server.host);
  return { world, bob, mallory, actor: first.actor };
}

function note(bob: Client, value: string): { actor: string; n: number } {
  const written = bob.mutate(
    "/client/notes",
    (notes) => notes.setValueForKey(BOB, value),
  );
  assert(written !== null);
  return written;
}

/** Bob's write is accepted soon, whatever was said in his name. */
function assertGoesOn({ world, bob }: Stage, value: string): void {
  const faults: unknown[] = [];
  world.onSettled = (settled) => {
    if (settled.type === "renumbered") faults.push(settled);
    else if (settled.level === "db") faults.push(settled.fault);
  };
  world.runFor(SOON_MS);
  assertEquals(faults, [null]);
  assertEquals(rejectedIn(bob.host.rows), []);
  assertEquals(bob.get("/client/notes").getValueForKey(BOB), value);
}

Deno.test("a number that another used before its author does is still the author's", () => {
  const stage = setStage();
  const { bob, mallory, actor } = stage;
  mallory.push(notesOf(actor, 2, { "mallory/a": "x" }));
  note(bob, "second");
  assertGoesOn(stage, "second");
});

Deno.test("an event of another that waits holds up no write of the author", () => {
  const stage = setStage();
  const { bob, mallory, actor } = stage;
  mallory.push(
    eventOf(actor, 2, "/server/note", "x"),
    eventOf(actor, 3, "/server/note", "y"),
  );
  note(bob, "second");
  assertGoesOn(stage, "second");
});

Deno.test("a verdict goes to the author, whoever else waits for it", () => {
  const stage = setStage();
  const { world, bob, mallory } = stage;
  const { actor, n } = note(bob, "second");
  // As often as there are moments: before, while and after it is under way.
  for (let ms = 0; ms < 40; ms++) {
    world.agenda.at(
      world.agenda.nowMs + ms,
      () => mallory.push(notesOf(actor, n, { "mallory/a": "x" })),
    );
  }
  assertGoesOn(stage, "second");
});

Deno.test("who fills the queue in another's name is told, and stops nobody else", () => {
  const stage = setStage();
  const { bob, mallory } = stage;
  const writes = (from: number) =>
    Array.from(
      { length: 250 },
      (_, i) => notesOf("flood", from + i, { "mallory/a": "x" }),
    );
  for (const from of [1, 251, 501]) mallory.push(...writes(from));
  const codes = mallory.heard.flatMap((message) =>
    message.type === "refusal" ? message.fault.code : []
  );
  assertEquals(codes, ["too-large"]);
  note(bob, "second");
  assertGoesOn(stage, "second");
});
