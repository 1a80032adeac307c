/**
 * An app's own promise, in the words of the app.
 *
 * @module
 */

import type { AppSpec } from "../shared/spec/app_spec.ts";
import { type AppNodes, nodesOf } from "./app_nodes.ts";
import type { Checker } from "./checker.ts";
import { Violation } from "./violation.ts";

/** Says `true`, or in a sentence what is wrong. What it throws is wrong too. */
export type Holds<S> = (nodes: AppNodes<S>) => true | string;

/** Something that must hold, always or in the end. */
export interface Invariant<S = AppSpec> {
  /** What it is called where it is broken. */
  readonly name: string;
  /** Asked after every step of every node, in the midst of everything. */
  readonly always?: Holds<S>;
  /** Asked when faults are over and all have come to rest. */
  readonly finally?: Holds<S>;
}

/** An invariant as what watches a run. */
export function checkerOf<S>(
  { name, always, finally: rests }: Invariant<S>,
): Checker {
  return {
    name,
    watch({ world }) {
      const nodes = nodesOf<S>(world);
      return {
        ...always ? { step: () => demand(name, () => always(nodes)) } : {},
        ...rests ? { rest: () => demand(name, () => rests(nodes)) } : {},
      };
    },
  };
}

function demand(name: string, holds: () => true | string): void {
  let found: true | string;
  try {
    found = holds();
  } catch (error) {
    found = error instanceof Error
      ? `${error.name}: ${error.message}`
      : String(error);
  }
  if (found !== true) throw new Violation(name, String(found));
}
