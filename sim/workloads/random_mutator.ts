/**
 * One change of a var, by chance: of the right type, and at a key such as apps
 * use.
 *
 * @module
 */

import type { GSet } from "../../shared/crdt/gset.ts";
import type { LWWMap } from "../../shared/crdt/lww_map.ts";
import type { LWWRegister } from "../../shared/crdt/lww_register.ts";
import type { MaxRegister } from "../../shared/crdt/max_register.ts";
import type { ORSet } from "../../shared/crdt/or_set.ts";
import type { PNCounter } from "../../shared/crdt/pn_counter.ts";
import type { Sequence } from "../../shared/crdt/sequence/sequence.ts";
import type { Mutator } from "../../shared/node/client/transaction.ts";
import type { SourceVar } from "../../shared/spec/app.ts";
import type { ValueType } from "../../shared/spec/app_spec.ts";
import type { Random } from "../random.ts";

const REMOVES = 0.15;
/** So many different words there are, and in a set from which they are taken out again. */
const WORDS = 1_000;
const WORDS_AGAIN = 12;
const PARTS = ["a", "b", "text", "done"];

/** Draws a change; `owners` are the users of whom keys may tell. */
export function randomMutator(
  variable: SourceVar,
  owners: readonly string[],
  random: Random,
): Mutator {
  // Drawn here, and not when it runs: a write may run more often than once.
  const value = randomValue(variable, random);
  const key = randomKey(variable, owners, random);
  const removes = random.chance(REMOVES);
  const where = random.below(1_000);
  switch (variable.crdt.name) {
    case "LWWMap":
      return (map: LWWMap<unknown>) =>
        removes ? map.removeKey(key) : map.setValueForKey(key, value);
    case "GSet":
      return (set: GSet<unknown>) => set.add(value);
    case "ORSet":
      return (set: ORSet<unknown>) =>
        where % 3 === 0 ? removeOne(set, where) : set.add(value);
    case "PNCounter":
      return (count: PNCounter) => count.increment(removes ? -where : where);
    case "MaxRegister":
      return (max: MaxRegister) => max.setValue(where);
    case "Sequence":
      return (list: Sequence<unknown>) => edit(list, where, removes, value);
    default:
      return (register: LWWRegister<unknown>) => register.setValue(value);
  }
}

/** Takes out one that is in: a removal of what is not changes nothing. */
function removeOne(set: ORSet<unknown>, where: number) {
  const values = [...set.getValue()];
  return values.length === 0 ? null : set.remove(values[where % values.length]);
}

function edit(
  list: Sequence<unknown>,
  where: number,
  removes: boolean,
  value: unknown,
) {
  if (!removes || list.length === 0) {
    return list.insert(where % (list.length + 1), [value, value]);
  }
  const from = where % list.length;
  return list.delete(from, Math.min(2, list.length - from));
}

/** A value of the var's type, or one that its `init` shows. */
function randomValue(
  { valueType, crdt, initRows }: SourceVar,
  random: Random,
): unknown {
  const shown = [...initRows.values()].flatMap((row) => crdt.itemsOf(row));
  if (shown.length > 0 && random.chance(0.3)) return random.pick(shown);
  return valueOfType(
    valueType,
    random,
    crdt.name === "ORSet" ? WORDS_AGAIN : WORDS,
  );
}

function valueOfType(
  valueType: ValueType,
  random: Random,
  words: number,
): unknown {
  const word = () => `v${random.below(words)}`;
  switch (valueType) {
    case "string":
      return word();
    case "number":
      return random.below(1_000);
    case "boolean":
      return random.chance(0.5);
    // An array is an object that most computations can bear, whatever they
    // look for: it has the methods of a list, and no field they know.
    case "array":
    case "object":
      return Array.from({ length: random.below(4) }, word);
  }
}

/** A key: one that `init` shows, or a user's id and up to two parts more. */
function randomKey(
  { initRows }: SourceVar,
  owners: readonly string[],
  random: Random,
): string {
  if (initRows.size > 0 && random.chance(0.3)) {
    return random.pick([...initRows.keys()]);
  }
  const parts = Array.from(
    { length: random.below(3) },
    () => random.pick(PARTS),
  );
  return [random.pick(owners), ...parts].join("/");
}
