import * as fc from "fast-check";
import type { Command, LawSubject } from "@zonekit/laws";
import {
  GSet,
  gset,
  type GSetOp,
  type GSetRow,
} from "../../shared/crdt/gset.ts";
import { ORSet, orSet, type ORSetState } from "../../shared/crdt/or_set.ts";
import type { ORSetRow } from "../../shared/crdt/or_set_row.ts";
import { knows } from "./knows.ts";

const ELEMENTS = ["a", 1, null];

/** How a growing set is put to the proof. */
export const GROWING: LawSubject<
  GSet<unknown>,
  GSetOp<unknown>,
  GSetRow<unknown>,
  GSetRow<unknown>
> = {
  type: gset,
  start: () => new GSet<unknown>(),
  stateOf: (crdt) => crdt.getValue(),
  command: fc.constantFrom(...ELEMENTS).map((value) => ({
    name: `add ${value}`,
    run: (crdt) => crdt.add(value),
  })),
  few: ["a", "b", "a", "c"].map((value, i) => ({
    name: `${i} add ${value}`,
    run: (crdt) => crdt.add(value),
  })),
  oracle: (sent) => new Set(sent.map(({ message }) => message.value)),
};

type ORSetCommand = Command<ORSet<unknown>, ORSetState<unknown>>;

function adds(value: unknown, name = ""): ORSetCommand {
  return { name: `${name}add ${value}`, run: (crdt) => crdt.add(value) };
}

function removes(value: unknown, name = ""): ORSetCommand {
  return { name: `${name}remove ${value}`, run: (crdt) => crdt.remove(value) };
}

/** How a set that elements leave is put to the proof. */
export const LEAVING: LawSubject<
  ORSet<unknown>,
  ORSetState<unknown>,
  ORSetRow<unknown>,
  ORSetRow<unknown>
> = {
  type: orSet,
  start: (nodeId) => ORSet.startEmpty<unknown>(nodeId),
  stateOf: ({ state }) =>
    new Map(
      [...state].map(([key, { live, removed }]) => [
        key,
        new Map([["live", live], ["removed", removed]]),
      ]),
    ),
  command: fc.tuple(
    fc.constantFrom(adds, removes),
    fc.constantFrom(...ELEMENTS),
  )
    .map(([does, value]) => does(value)),
  few: [
    adds("a", "0 "),
    removes("a", "1 "),
    adds("a", "2 "),
    removes("a", "3 "),
  ],
  oracle: (sent) => {
    const rows = sent.flatMap((one) =>
      [...one.message.values()].map((row) => ({ one, row }))
    );
    const removals = rows.filter(({ row }) => row.live.size === 0);
    return new Set(
      rows.filter(({ one, row }) =>
        row.live.size > 0 &&
        !removals.some((removal) =>
          removal.row.value === row.value && knows(removal.one, one)
        )
      ).map(({ row }) => row.value),
    );
  },
};
