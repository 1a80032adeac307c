/**
 * What the runner does around the step, over ports in memory.
 *
 * @module
 */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { OUTBOX_PATH } from "../../shared/node/client/pending.ts";
import type { Code } from "../../shared/protocol/codes.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import { decodeMessage, encodeMessage } from "../../shared/protocol/message.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import {
  type ClientPorts,
  ClientRunner,
} from "../../zones/client/client_runner.ts";
import { memoryPorts, MemoryStore, PlayedLink, turns } from "./memory_ports.ts";
import { app } from "./notes_app.ts";

const PATHS = ["/client/notes", "/client/draft", "/client/title"];

async function startRunner(
  store = new MemoryStore(),
  own: Partial<ClientPorts> = {},
) {
  const link = new PlayedLink();
  const changed: string[] = [];
  const runner = new ClientRunner(
    parseAppSpec(app),
    "client",
    { ...memoryPorts(store, link), ...own },
    (changes) => changed.push(...changes.changed),
  );
  await runner.start(PATHS);
  const write = (key: string, value: string) =>
    runner.step({
      type: "write",
      run: (tx) =>
        tx.mutate("/client/notes", (notes) => notes.setValueForKey(key, value)),
    });
  return { runner, link, store, changed, write };
}

/** Answers the last hello. */
function greet(link: PlayedLink) {
  const hello = decodeMessage(link.frames.at(-1)!);
  assert(hello.type === "hello");
  const bytes = encodeMessage({
    type: "welcome",
    link: hello.link,
    epoch: "epoch",
    timeMs: Date.now(),
    claims: { sub: "ann" },
  });
  link.play({ type: "frame", bytes });
  return hello;
}

Deno.test("a view changes before its write is stored, and the write leaves after", async () => {
  const { runner, link, store, changed, write } = await startRunner();
  link.play({ type: "linked" });
  await turns();
  greet(link);
  await turns();
  const before = link.frames.length;
  store.isHeld = true;
  changed.length = 0;
  const handle = write("ann/1", "x");
  let stored = false;
  const waiting = handle.wait("client").then(() => stored = true);
  assertEquals(changed.toSorted(), ["/client/notes", "/client/title"]);
  await turns();
  assertEquals([link.frames.length, stored], [before, false]);
  await store.release();
  await waiting;
  assertEquals(decodeMessage(link.frames.at(-1)!).type, "push");
  store.isHeld = false;
  await runner.close();
});

Deno.test("a step that a frame breaks is begun anew, and no write is lost", async () => {
  const { runner, link, store, write } = await startRunner();
  link.play({ type: "linked" });
  await turns();
  const hello = greet(link);
  write("ann/1", "x");
  await turns();
  const { actor } = runner.state.author;
  const reported: unknown[] = [];
  const report = (event: ErrorEvent) => {
    event.preventDefault();
    reported.push(event.error);
  };
  addEventListener("error", report);
  const want = hello.wants[0]!;
  const bytes = encodeMessage({
    type: "live",
    link: hello.link,
    number: 1,
    head: 0,
    epoch: "",
    timeMs: Date.now(),
    verdicts: [],
    parts: [{
      want: want.id,
      rows: [{ key: "ann/2", seq: 1, body: new Uint8Array([255]) }],
      gone: [],
      replace: null,
      next: null,
      digest: null,
    }],
  });
  link.asked.length = 0;
  link.play({ type: "frame", bytes });
  await turns();
  removeEventListener("error", report);
  assertEquals(reported.length, 1);
  assertNotEquals(runner.state.author.actor, actor);
  assertEquals(runner.state.connection, "disconnected");
  assertEquals(runner.state.outbox.all().map((p) => [p.actor, p.n]), [
    [actor, 1],
  ]);
  assertEquals(store.rows.count(OUTBOX_PATH), 1);
  assertEquals(link.asked, ["hang-up"]);
  await runner.close();
});

Deno.test("an alarm rings once its time has come", async () => {
  const { runner, link } = await startRunner();
  link.play({ type: "unlinked", fault: null });
  assertEquals(runner.state.connection, "disconnected");
  while (link.asked.length < 2) await turns();
  assertEquals(link.asked, ["dial", "dial"]);
  assert(Date.now() >= runner.state.link.askedMs!);
  await runner.close();
});

Deno.test("a handle follows its write to another number, and rejects with its fault", async () => {
  const { runner, link, write } = await startRunner();
  link.play({ type: "linked" });
  await turns();
  const hello = greet(link);
  const handle = write("ann/1", "x");
  await turns();
  const answer = (number: number, code: Code) => {
    const { actor, n } = handle;
    const fault = { code, path: "/db/notes", found: "this", wanted: "that" };
    const bytes = encodeMessage({
      type: "live",
      link: hello.link,
      number,
      head: 0,
      epoch: "",
      timeMs: Date.now(),
      verdicts: [{ actor, n, seq: 0, fault, lastN: 0 }],
      parts: [],
    });
    link.play({ type: "frame", bytes });
  };
  const { actor, n } = handle;
  // A clock that is wrong changes the stamp alone: the write is sent again.
  answer(1, "clock-skew");
  await turns();
  const again = decodeMessage(link.frames.at(-1)!);
  assert(again.type === "push");
  assertEquals(again.writes.map((w) => [w.actor, w.n]), [[actor, n]]);
  answer(2, "actor-forked");
  await turns();
  assertNotEquals(handle.actor, actor);
  const waiting = handle.wait("db").catch((error) => error);
  answer(3, "forbidden");
  const error = await waiting;
  assert(error instanceof FaultError);
  assertEquals(error.fault, {
    code: "forbidden",
    path: "/db/notes",
    found: "this",
    wanted: "that",
  });
  await runner.close();
});

Deno.test("the next start sends what the last one did not, under the same numbers", async () => {
  const store = new MemoryStore();
  const first = await startRunner(store);
  const { actor, n } = first.write("ann/1", "x");
  await first.runner.close();
  const second = await startRunner(store);
  assertNotEquals(second.runner.state.author.actor, actor);
  second.link.play({ type: "linked" });
  await turns();
  greet(second.link);
  await turns();
  const push = decodeMessage(second.link.frames.at(-1)!);
  assert(push.type === "push");
  assertEquals(push.writes.map((w) => [w.actor, w.n]), [[actor, n]]);
  await second.runner.close();
});

Deno.test("a tab whose store fails gives up its locks, and counts what others have unanswered no more", async () => {
  const store = new MemoryStore();
  const first = await startRunner(store);
  first.write("ann/1", "x");
  await turns();
  let closes = 0;
  const locks = {
    take: () => Promise.resolve(true),
    // The first tab lives.
    wait() {},
    close: () => void closes++,
  };
  const second = await startRunner(store, { locks });
  await turns();
  const { outbox } = second.runner.state;
  assertEquals([outbox.size, outbox.all().length], [1, 0]);
  store.isHeld = true;
  second.write("ann/2", "y");
  await turns();
  assertEquals([outbox.size, closes], [2, 0]);
  await store.release(new Error("full"));
  assertEquals(second.runner.storageFault, "Error: full");
  assertEquals([outbox.size, outbox.all().length, closes], [1, 1, 1]);
  assertEquals(outbox.leaving.size, 1);
  store.isHeld = false;
  await first.runner.close();
  await second.runner.close();
});
