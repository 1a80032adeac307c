/**
 * The zone split: `app.ts` without the functions that a target must not hold.
 *
 * @module
 */

import { findFunction, type NamedMember } from "./find_function.ts";
import { pruneUnreached } from "./prune_unreached.ts";
import {
  applyEdits,
  type Edit,
  parseModule,
  type SyntaxNode,
  textOf,
} from "./syntax.ts";
import type { Place } from "./target.ts";

/**
 * Puts `marker` in the place of each function of `removed`, and takes out what
 * only they used: imports (so that their modules are not even loaded) and
 * top-level declarations. Throws a `DeployError` with the place of a function
 * that is not written out in `text`.
 *
 * Exports of `app.ts`, and what a removed function used of a module that is
 * needed for something else, go as far as the bundler can tell that they are
 * unused: a value that a call made when its module was loaded stays.
 */
export function splitSpec(
  text: string,
  removed: readonly Place[],
  marker: string,
): string {
  const source = { text, module: parseModule(text) };
  const members = removed.flatMap((place) => findFunction(source, place));
  // One constant may be the rules of several vars.
  const edits = [...new Set(members)].map((member) =>
    replaceValue(text, member, marker)
  );
  return pruneUnreached(text, applyEdits(text, edits));
}

function replaceValue(text: string, member: NamedMember, marker: string): Edit {
  const literal = JSON.stringify(marker);
  const isPlain = member.type === "ObjectProperty" && !member.shorthand;
  if (isPlain) return { node: member.value, text: literal };
  const key: SyntaxNode = member.key;
  const name = member.computed ? `[${textOf(text, key)}]` : textOf(text, key);
  return { node: member, text: `${name}: ${literal}` };
}
