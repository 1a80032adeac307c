import { assertEquals } from "@std/assert";
import type { Output } from "../../shared/node/outcome.ts";
import { WriteQueue } from "../../zones/client/write_queue.ts";
import { MemoryStore, turns } from "./memory_ports.ts";

const body = new Uint8Array([1]);
const row = (key: string) => ({ path: "/client/x", key, seq: 0, body });
const alarm = (atMs: number): Output => ({ type: "alarm", atMs });

function makeQueue() {
  const store = new MemoryStore();
  const done: string[] = [];
  const stored: string[] = [];
  const queue = new WriteQueue(store, {
    rowsKept: () => [row("all")],
    stored: (writes) => stored.push(writes.map(({ key }) => key).join("")),
    perform: (output) => done.push(JSON.stringify(output)),
    storageFailed: (reason) => done.push(reason),
  });
  return { store, done, stored, queue };
}

Deno.test("WriteQueue puts the writes of a turn into one batch", async () => {
  const { store, queue } = makeQueue();
  queue.push([row("a")], []);
  queue.push([row("b"), row("c")], []);
  await turns();
  queue.push([row("d")], []);
  await turns();
  assertEquals(
    store.batches.map(({ writes }) => writes.map(({ key }) => key).join("")),
    ["abc", "d"],
  );
});

Deno.test("WriteQueue holds outputs back, in order, until all writes before them are durable", async () => {
  const { store, done, queue } = makeQueue();
  queue.push([], [alarm(1)]);
  assertEquals(done.length, 1);
  store.isHeld = true;
  queue.push([row("a")], [alarm(2)]);
  queue.push([], [alarm(3)]);
  await turns();
  queue.push([row("b")], [alarm(4)]);
  queue.push([], [alarm(5)]);
  await turns();
  assertEquals(done.length, 1);
  await store.release();
  assertEquals(done.map((output) => JSON.parse(output).atMs), [1, 2, 3]);
  await store.release();
  assertEquals(done.map((output) => JSON.parse(output).atMs), [1, 2, 3, 4, 5]);
});

Deno.test("WriteQueue goes on without a store that failed", async () => {
  const { store, done, queue } = makeQueue();
  store.isHeld = true;
  queue.push([row("a")], [alarm(1)]);
  await turns();
  queue.push([row("b")], [alarm(2)]);
  await store.release(new RangeError("no room"));
  queue.push([row("c")], [alarm(3)]);
  assertEquals(done, [
    "RangeError: no room",
    ...[1, 2, 3].map((atMs) => JSON.stringify(alarm(atMs))),
  ]);
  assertEquals([store.batches.length, store.closes], [1, 1]);
});

Deno.test("WriteQueue replaces paths by what is in RAM, with the writes that wait", async () => {
  const { store, queue } = makeQueue();
  store.rows.write([row("stale")]);
  queue.push([{ ...row("own"), path: "#outbox" }], []);
  queue.replace((path) => path.startsWith("/"));
  await turns();
  assertEquals(
    store.rows.snapshot().map(({ path, key }) => path + key),
    ["#outboxown", "/client/xall"],
  );
});

Deno.test("WriteQueue tells what is stored once it is, and holds a row until then", async () => {
  const { store, stored, queue } = makeQueue();
  store.isHeld = true;
  queue.push([row("a"), row("b")], []);
  await turns();
  queue.push([row("c")], []);
  assertEquals(["a", "c", "d"].map((key) => queue.holds(row(key))), [
    true,
    true,
    false,
  ]);
  assertEquals(stored, []);
  await store.release();
  assertEquals(stored, ["ab"]);
  assertEquals(["a", "c"].map((key) => queue.holds(row(key))), [false, true]);
  await store.release(new RangeError("no room"));
  assertEquals([stored.length, queue.holds(row("c"))], [1, false]);
});

Deno.test("WriteQueue closes when everything is stored, and then writes no more", async () => {
  const { store, done, queue } = makeQueue();
  store.isHeld = true;
  queue.push([row("a")], [alarm(1)]);
  await turns();
  const closed = queue.close();
  assertEquals(store.closes, 0);
  await store.release();
  await closed;
  assertEquals([store.closes, done.length], [1, 1]);
});
