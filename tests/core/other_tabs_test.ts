/**
 * What the step of a client makes of rows that other tabs of its browser have
 * stored: shown, counted, never sent, and gone without a flicker.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { REJECTED_PATH, rejectedIn } from "../../shared/node/client/stored.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import { forSeeds } from "./seeded.ts";
import { gone, StepTab } from "./step_tab.ts";

const NOTES = "/client/notes";
const DRAFT = "/client/draft";

function hear(tab: StepTab, rows: readonly RowWrite[]): void {
  tab.run({ type: "others", rows });
}

/** A tab that shows a write of another one, which the master has answered since. */
function answeredElsewhere(isConnected: boolean) {
  const [author, tab] = [new StepTab("author"), new StepTab("tab")];
  if (isConnected) {
    tab.connect();
    tab.live([], []);
  }
  const row = author.put("ann/1", "x");
  hear(tab, row);
  const committed = author.committed();
  return { tab, row, committed, answered: () => hear(tab, gone(row)) };
}

Deno.test("another tab's write is shown and counted, and neither sent nor moved by this tab's clock", () => {
  const author = new StepTab("author");
  const tab = new StepTab("tab", 30_000);
  const rows = author.put("ann/1", "x");
  hear(tab, rows);
  assertEquals(tab.shown(NOTES), { "ann/1": "x" });
  assertEquals([tab.state.outbox.size, tab.state.outbox.all()], [1, []]);
  tab.connect();
  tab.put("ann/2", "y");
  assertEquals(tab.pushed(), [["tab", 1]]);
  tab.live([{ actor: "tab", n: 1, seq: 1, fault: null, lastN: 0 }], []);
  // It awaits no answer to what it has not sent.
  assertEquals([tab.state.outbox.size, tab.state.link.pushedMs], [1, null]);
  const { key } = rows[0]!;
  assertEquals(
    tab.state.outbox.at(key)?.authored,
    author.state.outbox.at(key)?.authored,
  );
});

Deno.test("an adopted tab's writes are sent in order, whatever was told of them in which order", () => {
  forSeeds(50, (chance) => {
    const [author, tab] = [new StepTab("author"), new StepTab("tab")];
    const rows = ["a", "b", "c", "d"].flatMap((key) => author.put(key, key));
    // Some was told, of some it was told twice, and some was lost.
    const told = chance.many(4, () => chance.pick(rows));
    for (const row of told) hear(tab, [row]);
    tab.connect();
    assertEquals(tab.pushed(), []);
    hear(tab, rows);
    tab.run({ type: "adopt", actor: "author" });
    assertEquals(tab.pushed(), [1, 2, 3, 4].map((n) => ["author", n]));
    assertEquals(tab.state.outbox.size, 4);
  });
});

Deno.test("a write that was answered in another tab is shown until this tab's base has it", () => {
  for (const isConnected of [true, false]) {
    const { tab, committed, answered } = answeredElsewhere(isConnected);
    const { dials } = tab;
    answered();
    assertEquals(tab.shown(NOTES), { "ann/1": "x" });
    assertEquals(tab.state.outbox.size, 0);
    // It asks for what it has missed: on its link, or for one.
    const asks = tab.sent.filter(({ type }) => type === "check").length;
    assertEquals(asks, isConnected ? 1 : 0);
    assertEquals(tab.dials - dials, 0);
    if (!isConnected) tab.connect();
    tab.live([], committed);
    assertEquals(tab.shown(NOTES), { "ann/1": "x" });
    assertEquals(tab.state.outbox.leaving.size, 0);
    // Nothing is left of it that could cover what comes.
    assertEquals([...tab.state.outbox.effectsAt("/db/notes", "ann/1")], []);
  }
});

Deno.test("a tab that waits to dial dials at once when another tab was answered", () => {
  const { tab, answered } = answeredElsewhere(false);
  tab.run({ type: "unlinked", fault: null });
  const { dials } = tab;
  answered();
  assertEquals(tab.dials, dials + 1);
  assertEquals(tab.shown(NOTES), { "ann/1": "x" });
});

Deno.test("a write whose row this tab has before it hears of the answer makes no round to the server", () => {
  const { tab, committed, answered } = answeredElsewhere(true);
  tab.live([], committed);
  answered();
  assertEquals(tab.state.outbox.leaving.size, 0);
  assertEquals(tab.sent.filter(({ type }) => type === "check"), []);
});

Deno.test("a write that the base will not have is shown until the server has said so", () => {
  const { tab, answered } = answeredElsewhere(true);
  answered();
  assertEquals(tab.shown(NOTES), { "ann/1": "x" });
  tab.checked();
  assertEquals(tab.shown(NOTES), {});
});

Deno.test("what was answered elsewhere while there was no link, and did not come with it, is asked for at once", () => {
  const { tab, answered } = answeredElsewhere(false);
  answered();
  tab.connect();
  const checks = () => tab.sent.filter(({ type }) => type === "check").length;
  assertEquals(checks(), 0);
  tab.live([], []);
  assertEquals([tab.shown(NOTES), checks()], [{ "ann/1": "x" }, 1]);
  tab.live([], []);
  assertEquals(checks(), 1);
  tab.checked();
  assertEquals(tab.shown(NOTES), {});
});

Deno.test("a write that was refused in another tab leaves the view at once, and stands in the list until one has dealt with it", () => {
  const [author, tab] = [new StepTab("author"), new StepTab("tab")];
  author.connect();
  const row = author.put("ann/1", "x");
  hear(tab, row);
  const fault = {
    code: "forbidden",
    path: "/db/notes",
    found: "this",
    wanted: "that",
  } as const;
  author.live([{ actor: "author", n: 1, seq: 0, fault, lastN: 0 }], []);
  const refused = author.rows.snapshot()
    .filter(({ path }) => path === REJECTED_PATH);
  hear(tab, [...refused, ...gone(row)]);
  assertEquals(tab.shown(NOTES), {});
  const [rejected] = rejectedIn(tab.rows);
  assertEquals(rejected?.fault, fault);
  hear(tab, gone(refused));
  assertEquals(rejectedIn(tab.rows), []);
  // Here somebody still had it on the screen.
  tab.run({ type: "dealt", rejected: rejected!, again: true });
  assertEquals(tab.state.outbox.size, 0);
});

Deno.test("private rows of tabs join in any order, as often as one likes, and none loses its own", () => {
  forSeeds(50, (chance) => {
    const tabs = ["x", "y", "z"].map((name) => new StepTab(name));
    const rows = tabs.flatMap((tab, i) =>
      chance.many(
        1 + chance.below(3),
        () => tab.draft(`${i} ${chance.below(9)}`),
      )
    ).flat();
    for (const tab of tabs) {
      for (const row of chance.shuffled([...rows, ...rows])) hear(tab, [row]);
      hear(tab, gone(rows));
    }
    const [first, ...others] = tabs.map((tab) => tab.shown(DRAFT));
    for (const other of others) assertEquals(other, first);
  });
});

Deno.test("rows of any other path are left alone", () => {
  const [author, tab] = [new StepTab("author"), new StepTab("tab")];
  author.put("ann/1", "x");
  const notes = author.committed();
  hear(tab, [...notes, ...notes.map((row) => ({ ...row, path: "/no/such" }))]);
  assertEquals(tab.shown(NOTES), {});
  assertEquals([...tab.rows.paths()], []);
});
