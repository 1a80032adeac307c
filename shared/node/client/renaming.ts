import type { Dot, NewName, Rename } from "../../crdt/contract.ts";
import type { EffectOnRow } from "../read_effects.ts";

/** What takes the place of an effect in a write that is made again. */
export type Renaming = (
  effect: EffectOnRow,
) => readonly (readonly [key: string, change: unknown])[];

/**
 * What writes say that somebody makes again under its own name, in their order: each
 * type has its rule. Up to the number `keptOf` gives, what an author did stays its.
 */
export function renaming(
  to: NewName,
  keptOf: (dot: Dot) => number,
): Renaming {
  const rules = new Map<string, Rename<unknown>>();
  return ({ variable: { path, crdt }, key, change, dot }) => {
    const rule = rules.get(path) ?? crdt.rename(to);
    rules.set(path, rule);
    return rule(key, change, dot, keptOf(dot));
  };
}

/** What a write says under its own name. */
export const unchanged: Renaming = ({ key, change }) => [[key, change]];
