/** A text view is what a string with the same edits is. */

import { assertEquals, assertThrows } from "@std/assert";
import { CrdtError } from "../../shared/crdt/crdt_error.ts";
import { Sequence } from "../../shared/crdt/sequence/sequence.ts";
import { textOf } from "../../shared/crdt/sequence/text.ts";
import { forSeeds, type Seeded } from "./seeded.ts";

const BITS = [
  "a",
  "bc",
  "\u{1f375}",
  "e\u0301",
  "\u{1f469}\u200d\u{1f680}",
  "xyz ",
];

/** A place between two characters of a text. */
function placeIn(chance: Seeded, text: string): number {
  const starts = [0];
  for (const character of text) starts.push(starts.at(-1)! + character.length);
  return chance.pick(starts);
}

Deno.test("a text follows a string through any edits, and old texts stay", () => {
  forSeeds(200, (chance) => {
    let wanted = "";
    let sequence = Sequence.startEmpty<string>("ann");
    let other = Sequence.startEmpty<string>("ben");
    for (let step = 0; step < 40; step++) {
      const text = textOf(sequence);
      const [a, b] = [placeIn(chance, wanted), placeIn(chance, wanted)];
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const isTyped = chance.below(3) > 0;
      const typed = isTyped ? chance.pick(BITS) : "";
      const { updatedCrdt, message } = isTyped
        ? text.insert(from, typed)
        : text.delete(from, to - from);
      const before = wanted;
      wanted = isTyped
        ? wanted.slice(0, from) + typed + wanted.slice(from)
        : wanted.slice(0, from) + wanted.slice(to);
      assertEquals(text.toString(), before);
      sequence = updatedCrdt;
      if (message) other = other.apply(message);
      for (const one of [sequence, other]) {
        assertEquals(textOf(one).toString(), wanted);
        assertEquals(textOf(one).length, wanted.length);
      }
    }
  });
});

Deno.test("a text is cut between characters only, and within its length", () => {
  const { updatedCrdt: tea } = textOf(Sequence.startEmpty<string>("ann"))
    .insert(0, "tea \u{1f375}!");
  const text = textOf(tea);
  for (
    const change of [
      () => text.insert(5, "x"),
      () => text.delete(4, 1),
      () => text.delete(5, 1),
      () => text.insert(8, "x"),
      () => text.insert(-1, "x"),
      () => text.delete(1, -1),
      () => text.delete(0.5, 1),
      () => text.insert(0, "\ud83c"),
    ]
  ) {
    assertThrows(change);
    assertEquals(text.toString(), "tea \u{1f375}!");
  }
  const { code } = assertThrows(() => text.insert(5, "x"), CrdtError);
  assertEquals(code, "bad-range");
  assertEquals(text.insert(3, "").message, null);
  assertEquals(text.delete(3, 0).message, null);
});

Deno.test("what is no character stands in a text as one unit", () => {
  const { updatedCrdt: mixed } = Sequence.startEmpty<unknown>("ann")
    .insert(0, ["a", 1, "bc", "d"]);
  assertEquals(mixed.toString(), "a\ufffc\ufffcd");
  assertEquals([mixed.units, mixed.elementAt(3)], [4, 3]);
});
