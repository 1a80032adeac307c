import type { GSetRow } from "../../shared/crdt/gset.ts";
import { gset } from "../../shared/crdt/gset.ts";
import type { LWWRegisterState } from "../../shared/crdt/lww_row.ts";
import { arbitraryText } from "./arbitrary_text.ts";
import { arbitraryValue } from "./arbitrary_value.ts";
import type { Seeded } from "./seeded.ts";

/** Makes a state out of few stamps and values, so that ties are frequent. */
export function arbitraryLww(chance: Seeded): LWWRegisterState<unknown> {
  const value = chance.pick([
    null,
    undefined,
    0,
    1,
    "a",
    [1],
    { a: 1 },
    arbitraryValue(chance, 1),
  ]);
  const timestamp = chance.pick([0, 1, 2, 2 ** 53 - 1]);
  return { timestamp, nodeId: chance.pick(["a", "b", "B", "a1"]), value };
}

/** Makes an element's row with its key. */
export function arbitraryElement(
  chance: Seeded,
): readonly [key: string, row: GSetRow<unknown>] {
  const value = arbitraryValue(chance, chance.below(3));
  for (const entry of gset.initRows([value])) return entry;
  throw new Error("An element has a row");
}

/** Makes a map's row with its key, of few keys. */
export function arbitraryMember(
  chance: Seeded,
): readonly [key: string, row: LWWRegisterState<unknown>] {
  return [arbitraryText(chance, 1), arbitraryLww(chance)];
}
