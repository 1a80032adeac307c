/**
 * Causal delivery between tabs: what builds upon another tab's unanswered write
 * is shown after it, and sent after it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { RowWrite } from "../../shared/ports/rows.ts";
import { gone, StepTab } from "./step_tab.ts";

const ACCEPTED = { seq: 1, fault: null, lastN: 0 };

function hear(tab: StepTab, rows: readonly RowWrite[]): void {
  tab.run({ type: "others", rows });
}

/** A tab that has taken away what another one has added, and nobody has sent. */
function removedOf(author: string, remover: string) {
  const [adds, removes] = [new StepTab(author), new StepTab(remover)];
  const added = adds.tag("add", "milk");
  hear(removes, added);
  const removed = removes.tag("remove", "milk");
  return { adds, removes, added, removed };
}

Deno.test("a removal of what another tab added is shown, whoever's name comes first", () => {
  for (const [author, remover] of [["ann", "ben"], ["ben", "ann"]] as const) {
    const { adds, removes, removed } = removedOf(author, remover);
    assertEquals(removes.tags, []);
    hear(adds, removed);
    assertEquals(adds.tags, []);
    const later = new StepTab("later");
    hear(later, [...removed, ...adds.storedWrites()]);
    assertEquals(later.tags, []);
  }
});

Deno.test("a removal, and all after it, waits for the addition of another tab; what came before it does not", () => {
  const [adds, tab] = [new StepTab("ben"), new StepTab("ann")];
  tab.tag("add", "tea");
  const added = adds.tag("add", "milk");
  hear(tab, added);
  tab.tag("remove", "milk");
  tab.put("ann/1", "x");
  tab.connect();
  assertEquals(tab.pushed(), [["ann", 1]]);
  // The other tab was answered: its write is with the master.
  hear(tab, gone(added));
  assertEquals(tab.pushed(), [["ann", 1], ["ann", 2], ["ann", 3]]);
});

Deno.test("what is of another var, or joined in any order, does not wait", () => {
  const { removes: tab } = removedOf("ben", "ann");
  const other = new StepTab("cleo");
  hear(other, tab.storedWrites());
  other.put("ann/1", "x");
  other.connect();
  assertEquals(other.pushed(), [["cleo", 1]]);
});

Deno.test("the tab that is waited for does not wait in turn", () => {
  const { adds, removed } = removedOf("ben", "ann");
  hear(adds, removed);
  adds.connect();
  assertEquals(adds.pushed(), [["ben", 1]]);
});

Deno.test("a tab that has ended leaves its addition to be sent before the removal, by name whatever it is", () => {
  for (const [author, remover] of [["ann", "ben"], ["ben", "ann"]] as const) {
    const { removes, added } = removedOf(author, remover);
    removes.connect();
    assertEquals(removes.pushed(), []);
    hear(removes, added);
    removes.run({ type: "adopt", actor: author });
    assertEquals(removes.pushed(), [[author, 1], [remover, 1]]);
  }
});

Deno.test("a tab that sleeps is waited for no longer than two answers take, from when this one can send", () => {
  const { removes: tab } = removedOf("ben", "ann");
  tab.wait(60_000);
  tab.connect();
  tab.live([], []);
  tab.wait(19_999);
  assertEquals(tab.pushed(), []);
  tab.wait(1);
  assertEquals(tab.pushed(), [["ann", 1]]);
  tab.live([{ actor: "ann", n: 1, ...ACCEPTED }], []);
  assertEquals(tab.state.link.heldMs, null);
});
