import * as fc from "fast-check";
import type { Command, LawSubject, Sent } from "@zonekit/laws";
import {
  GSet,
  gset,
  type GSetOp,
  type GSetRow,
} from "../../shared/crdt/gset.ts";
import { ORSet, orSet, type ORSetState } from "../../shared/crdt/or_set.ts";
import type { ORSetRow } from "../../shared/crdt/or_set_row.ts";

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

/** What somebody has sent of a set that elements leave. */
type SetSent = Sent<ORSetState<unknown>>;

/** The additions of an element that none of the removals among these has taken. */
function living(value: unknown, sent: readonly SetSent[]): SetSent[] {
  const changes = sent.filter(({ message }) =>
    [...message.values()].some((row) => row.value === value)
  );
  const isAddition = ({ message }: SetSent) =>
    [...message.values()].every((row) => row.live.size > 0);
  const removals = changes.filter((one) => !isAddition(one));
  const taken = removals.flatMap((removal) => takenBy(value, removal));
  return changes.filter((one) =>
    isAddition(one) && !taken.some((other) => isUpTo(one, other))
  );
}

const TAKEN = new WeakMap<SetSent, SetSent[]>();

/** A removal takes what lived for its author. */
function takenBy(value: unknown, removal: SetSent): SetSent[] {
  const known = TAKEN.get(removal) ?? living(value, [...removal.seen]);
  TAKEN.set(removal, known);
  return known;
}

/** Who knows an addition knows of those that its author made before it. */
function isUpTo(one: SetSent, other: SetSent): boolean {
  return one === other || (one.actor === other.actor && other.seen.has(one));
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
  oracle: (sent) =>
    new Set(ELEMENTS.filter((value) => living(value, sent).length > 0)),
};
