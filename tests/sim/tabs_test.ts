/**
 * Tabs of one browser over one store, in the memory world: what both wrote
 * stays, what one left another sends, and what is private is joined.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { LWWMap, LWWRegister } from "../../shared/mod.ts";
import { OUTBOX_PATH } from "../../shared/node/client/pending.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Client } from "../../sim/client.ts";
import { CALM } from "../../sim/weather.ts";
import { World } from "../../sim/world.ts";
import { sharedNotes } from "./shared_notes.ts";

const { db, server, client } = sharedNotes.zones;
const draft = {
  crdtType: "LWWRegister",
  valueType: "string",
  init: () => "",
} as const;
const app = parseAppSpec({
  ...sharedNotes,
  zones: { db: db!, server: server!, client: { ...client, draft } },
});

/** A browser of two tabs, after a moment. */
function twoTabs(weather = CALM): { world: World; tabs: [Client, Client] } {
  const world = new World(app, { seed: 1, weather });
  const first = world.addClient("ann", "client", { sub: "ann" });
  world.runFor(1_000);
  const second = world.openTab(first);
  world.runFor(1_000);
  return { world, tabs: [first, second] };
}

function note(tab: Client, key: string): string {
  const write = tab.mutate(
    "/client/notes",
    (notes: LWWMap<string>) => notes.setValueForKey(key, tab.name),
  );
  return write!.actor;
}

function type(tab: Client, text: string): void {
  tab.mutate(
    "/client/draft",
    (draft: LWWRegister<string>) => draft.setValue(text),
  );
}

function notesAt(tab: Client): Record<string, string> {
  return Object.fromEntries(tab.get("/client/notes").getValue());
}

function stored({ device }: Client): number {
  return device.disk.look(OUTBOX_PATH, WHOLE).length;
}

/** Cuts tabs off from every server node, or lets them go there again. */
function network(world: World, tabs: readonly Client[], isThere: boolean) {
  const { wires, sockets } = world.network;
  for (const { name } of tabs) {
    for (const node of world.servers.keys()) {
      for (const [from, to] of [[name, node], [node, name]] as const) {
        if (isThere) wires.repair(from, to);
        else wires.cut(from, to);
      }
    }
    if (!isThere) sockets.cutOf(name);
  }
}

Deno.test("edits of both tabs show in both, offline too, and each is committed", () => {
  const { world, tabs } = twoTabs();
  const [first, second] = tabs;
  assertEquals([first.name, second.name], ["ann", "ann+1"]);
  network(world, tabs, false);
  world.runFor(100);
  note(first, "a");
  note(second, "b");
  world.runFor(1_000);
  const both = { a: "ann", b: "ann+1" };
  assertEquals(tabs.map(notesAt), [both, both]);
  assertEquals(world.master.rows.range("/db/notes", WHOLE).length, 0);
  assertEquals(stored(first), 2);
  network(world, tabs, true);
  world.runFor(60_000);
  assertEquals(tabs.map(notesAt), [both, both]);
  assertEquals(tabs.map(({ host }) => host.state!.outbox.size), [0, 0]);
  assertEquals(world.master.rows.range("/db/notes", WHOLE).length, 2);
  assertEquals(stored(first), 0);
});

Deno.test("what a tab has left when it ends, the other sends", () => {
  for (const isFirst of [true, false]) {
    const { world, tabs } = twoTabs();
    const [ended, other] = isFirst ? tabs : [tabs[1], tabs[0]];
    network(world, [ended], false);
    world.runFor(100);
    const actor = note(ended, "left");
    world.runFor(1_000);
    assert(!other.host.state!.outbox.actors.has(actor));
    assertEquals(other.host.state!.outbox.size, 1);
    world.power.off(ended);
    world.runFor(10_000);
    assert(other.host.state!.outbox.actors.has(actor));
    assertEquals(notesAt(other), { left: ended.name });
    assertEquals(world.master.rows.range("/db/notes", WHOLE).length, 1);
    assertEquals([other.host.state!.outbox.size, stored(other)], [0, 0]);
  }
});

Deno.test("private vars of tabs are joined in the store, whichever is stored last", () => {
  // A slow store: what is typed later may be stored first.
  const { world, tabs } = twoTabs({ ...CALM, flushMsMax: 500 });
  for (let i = 0; i < 20; i++) {
    type(tabs[i % 2]!, `${i}`);
    world.runFor(50);
  }
  world.runFor(5_000);
  const drafts = () =>
    tabs.map((tab) => tab.get("/client/draft").getValue() as string);
  assertEquals(drafts(), ["19", "19"]);
  for (const { name } of tabs) world.crash(name);
  world.runFor(1_000);
  assertEquals(drafts(), ["19", "19"]);
});

Deno.test("a tab that was asleep shows what it was told meanwhile, when it is looked at", () => {
  const { world, tabs } = twoTabs();
  const [first, second] = tabs;
  network(world, tabs, false);
  world.runFor(100);
  first.isAsleep = true;
  note(second, "b");
  type(second, "typed");
  world.runFor(1_000);
  assertEquals(notesAt(first), {});
  first.wake();
  world.runFor(1_000);
  assertEquals(notesAt(first), { b: "ann+1" });
  assertEquals(first.get("/client/draft").getValue(), "typed");
});

Deno.test("what a tab whose store is full has left there, the other sends, and neither shows it unanswered", () => {
  const { world, tabs } = twoTabs();
  const [first, second] = tabs;
  network(world, tabs, false);
  world.runFor(100);
  note(first, "a");
  note(second, "b");
  world.runFor(1_000);
  first.device.disk.fill();
  note(first, "c");
  // There is room again before the other one stores anything.
  for (let ms = 0; first.isStored && ms < 100; ms++) world.runFor(1);
  first.device.disk.clear();
  assertEquals([first.isStored, second.isStored], [false, true]);
  network(world, tabs, true);
  world.runFor(60_000);
  const all = { a: "ann", b: "ann+1", c: "ann" };
  assertEquals(tabs.map(notesAt), [all, all]);
  assertEquals(tabs.map(({ host }) => host.state!.outbox.size), [0, 0]);
  assertEquals(stored(second), 0);
});
