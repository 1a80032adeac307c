/**
 * Writes an app down with the compiler looking on: a wrong path, an effect for
 * another var, or an `init` of the wrong type is an error in the editor.
 *
 * @module
 */

import type {
  AppSpec,
  Channel,
  DerivedState,
  Effect,
  ReplicaState,
  RunningNode,
  SourceState,
  ZEvent,
} from "./app_spec.ts";
import { assertAppSpec } from "./parse.ts";
import type { SpecFaults } from "./spec_faults.ts";

/** Any string; written so that the compiler keeps a literal as it is. */
type LiteralPath = `/${string}` | (string & Record<never, never>);

/** An effect whose path the compiler remembers. */
interface DefinedEffect extends Effect {
  path: LiteralPath;
}

/**
 * A computation whose effects' paths the compiler remembers.
 *
 * @internal
 */
type DefinedComputation = (
  node: RunningNode,
  event: ZEvent,
) => DefinedEffect | DefinedEffect[] | null;

/**
 * A source var whose `init` is a function; that it may give anything keeps its literals wide.
 *
 * @internal
 */
interface DefinedSource extends SourceState {
  init: () => unknown;
}

/** An `AppSpec` whose effects' paths the compiler remembers. */
export interface DefinedSpec extends AppSpec {
  /** The zones by name. */
  zones: {
    [zoneName: string]: {
      [varName: string]:
        | DefinedSource
        | DerivedState
        | ReplicaState
        | DefinedComputation;
    };
  };
  /** The edges of the tree of zones. */
  channels: Channel[];
}

/** An event with a payload of a known type, for a computation that is dispatched. */
export type EventOf<Payload> = Omit<ZEvent, "payload"> & {
  /** What was dispatched. */
  payload: Payload;
};

/**
 * Gives back the spec it is given, checked by the compiler as far as types can
 * tell and by `parseAppSpec` for the rest. Throws `SpecError`.
 */
export function defineApp<const S extends DefinedSpec>(
  spec: S & SpecFaults<S>,
): S {
  assertAppSpec(spec);
  return spec;
}
