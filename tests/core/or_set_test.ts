/** What a set takes in of additions and removals, row by row. */

import { assertEquals } from "@std/assert";
import { ORSet, orSet } from "../../shared/crdt/or_set.ts";
import type { ORSetRow } from "../../shared/crdt/or_set_row.ts";

type Row = ORSetRow<unknown>;

const added = [...ORSet.startEmpty<unknown>("ann").add("x").message!];
const [[key, addition]] = added as [[string, Row]];
const ANNS = { actor: "ann", counter: 3 };
const BENS = { actor: "ben", counter: 5 };

/** The change of somebody who takes out what is in a row. */
function removalOf(row: Row): Row {
  return { value: row.value, live: new Map(), removed: row.live };
}

const never = () => false;

function at(row: Row | undefined) {
  return () => row;
}

Deno.test("nobody takes out what is not there; an author's own may have been refused", () => {
  const row = orSet.apply(undefined, addition, ANNS)!;
  const gone = removalOf(row);
  assertEquals(orSet.missing(key, gone, at(row), BENS, never), null);
  const missing = orSet.missing(key, gone, at(undefined), BENS, never);
  assertEquals(missing, "addition 3 of ann");
  assertEquals(orSet.missing(key, gone, at(undefined), ANNS, never), null);
});

Deno.test("an addition that was answered and is not here keeps no removal waiting", () => {
  const gone = removalOf(orSet.apply(undefined, addition, ANNS)!);
  const asked: unknown[] = [];
  const isAnswered = (dot: unknown) => asked.push(dot) > 0;
  assertEquals(
    orSet.missing(key, gone, at(undefined), BENS, isAnswered),
    null,
  );
  assertEquals(asked, [{ actor: "ann", counter: 3 }]);
});

Deno.test("two may take out one addition, and the second changes nothing", () => {
  const row = orSet.apply(undefined, addition, ANNS)!;
  const gone = removalOf(row);
  const once = orSet.apply(row, gone, BENS)!;
  assertEquals(orSet.isLive(once), false);
  const later = { actor: "cleo", counter: 1 };
  assertEquals(orSet.missing(key, gone, at(once), later, never), null);
  assertEquals(orSet.apply(once, gone, later), once);
});

Deno.test("a removal of what is not here makes no row", () => {
  const row = orSet.apply(undefined, addition, ANNS)!;
  assertEquals(orSet.apply(undefined, removalOf(row), BENS), undefined);
});

Deno.test("of an actor who has added again, a row keeps the last addition alone", () => {
  const first = orSet.apply(undefined, addition, ANNS)!;
  const gone = orSet.apply(first, removalOf(first), BENS)!;
  const again = orSet.apply(gone, addition, { actor: "ann", counter: 8 })!;
  const live = new Map([["ann", 8]]);
  assertEquals(again, { value: "x", live, removed: new Map() });
});

Deno.test("a removal before or after an addition that it has not seen is the same", () => {
  const first = orSet.apply(undefined, addition, ANNS)!;
  const gone = removalOf(first);
  const again = { actor: "ann", counter: 8 };
  const one = orSet.apply(orSet.apply(first, gone, BENS), addition, again);
  const other = orSet.apply(orSet.apply(first, addition, again), gone, BENS);
  assertEquals(one, other);
});
