/** What a reader of the code once broke in sequences. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { CrdtError } from "../../shared/crdt/crdt_error.ts";
import { sequence } from "../../shared/crdt/registry.ts";
import type { Run } from "../../shared/crdt/sequence/run.ts";
import { Sequence } from "../../shared/crdt/sequence/sequence.ts";
import { textOf } from "../../shared/crdt/sequence/text.ts";
import { rowsToBytes } from "../../shared/crdt/message_bytes.ts";
import { VersionedRows } from "../../shared/crdt/versioned_rows.ts";

function clockFrom(ms: number) {
  let now = ms;
  return { now: () => now++ };
}

const ROW_BYTES_MAX = 256 * 1024;
const DOT = { actor: "ann", counter: 1 };

Deno.test("however large its values are, no run of a sequence outgrows a row", () => {
  for (const bytes of [10, 600, 5_000]) {
    let list = Sequence.startEmpty<string[]>("ann", clockFrom(1));
    const value = ["x".repeat(bytes)];
    list = list.insert(0, new Array(300).fill(value)).updatedCrdt;
    for (let i = 0; i < 300; i++) {
      list = list.insert(list.length, [value]).updatedCrdt;
    }
    for (const row of list.state) {
      assert(rowsToBytes(sequence, [row]).length < ROW_BYTES_MAX);
    }
    assertEquals(list.getValue(), new Array(600).fill(value));
  }
});

Deno.test("a computation goes on with no run of its author's", () => {
  const ann = Sequence.startEmpty<string>("ann", clockFrom(1)).insert(0, "abc");
  const rows = new Map(ann.updatedCrdt.state);
  const seen = {
    get: (key: string) => rows.get(key),
    entries: () => [...rows],
    countLive: () => rows.size,
  };
  const computed = Sequence.overRows("ann", seen, clockFrom(9))
    .insert(3, "-sig").message!;
  const typed = ann.updatedCrdt.insert(3, "d");
  const both = typed.updatedCrdt.apply(computed as Map<string, Run<string>>);
  assertEquals([...both.toString()].toSorted().join(""), "-abcdgis");
});

Deno.test("a write that finds its place taken is refused, not swallowed", () => {
  const ann = Sequence.startEmpty<unknown>("ann", clockFrom(1)).insert(0, "ab");
  const [one, other] = ["cd", "e"].map((text) =>
    [...sequence.rows(ann.updatedCrdt.insert(2, text).message!)][0]!
  );
  const [key, row] = [...sequence.rows(ann.message!)][0]!;
  const held = sequence.join(row, one![1]);
  assertEquals(
    sequence.missing(key, one![1], () => row, DOT, () => false),
    null,
  );
  const missing = sequence.missing(
    key,
    other![1],
    () => held,
    DOT,
    () => false,
  );
  assertEquals(missing, `room at 2 of ${key}`);
});

Deno.test("replicas of one state do not write into one another", () => {
  const { updatedCrdt } = Sequence.startEmpty<string>("a", clockFrom(1))
    .insert(0, "abc");
  const { state } = updatedCrdt;
  const b = Sequence.fromState("b", state, clockFrom(5));
  const c = Sequence.fromState("c", state, clockFrom(9));
  assertEquals(String(b.insert(0, "ZZ").updatedCrdt), "ZZabc");
  assertEquals([String(c), state.size], ["abc", 1]);
});

Deno.test("what has no order or no end is no run", () => {
  const empty = Sequence.startEmpty<string>("a", clockFrom(1));
  const head = { parent: null, side: "right" } as const;
  const pieces = {
    none: [],
    "one over another": [
      { from: 0, count: 3, elements: "abc" },
      { from: 1, count: 2, elements: null },
    ],
    "far out": [
      { from: 2 ** 52, count: 1, elements: "a" },
      { from: 0, count: 1, elements: null },
    ],
  };
  for (const [name, bad] of Object.entries(pieces)) {
    const delta = new Map([["b.1", { head, pieces: bad }]]);
    const thrown = assertThrows(() => empty.apply(delta), CrdtError);
    assertEquals(thrown.code, "bad-message", name);
  }
});

Deno.test("a head alone is its author's to give", () => {
  const head = { parent: null, side: "right" } as const;
  const gone = { from: 0, count: 1, elements: null };
  assertEquals(sequence.authorOf("ann.1", { head, pieces: [gone] }), "ann");
  assertEquals(
    sequence.authorOf("ann.1", { head: null, pieces: [gone] }),
    null,
  );
});

Deno.test("a text counts anew what has come in the place of other elements", () => {
  const head = { parent: null, side: "right" } as const;
  const runOf = (text: string) => ({
    head,
    pieces: [{ from: 0, count: 3, elements: text }],
  });
  const rows = VersionedRows.of(new Map([["a.1", runOf("abc")]]), () => true);
  const before = Sequence.overRows<string>("a", rows, clockFrom(1));
  assertEquals(textOf(before).length, 3);
  const after = rows.with("a.1", runOf("\u{1f600}bc"), rows.get("a.1"));
  const now = textOf(Sequence.overRows<string>("a", after, clockFrom(1)));
  assertEquals(now.length, 4);
  assertEquals(textOf(now.delete(2, 1).updatedCrdt).toString(), "\u{1f600}c");
});
