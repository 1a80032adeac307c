/**
 * The paths that a client may use, as types: the vars of the zones that no
 * channel leaves. A plain `AppSpec`, of which no names are known, has `string`.
 *
 * @module
 */

import type {
  ChannelsOf,
  EntryKind,
  PathsOf,
  ZoneNamesOf,
} from "../../shared/spec/spec_paths.ts";
import type { CrdtAt, PayloadOf } from "../../shared/spec/spec_values.ts";

/** The zones that are never a `fromZone`: those that run in a browser. */
export type ClientZonesOf<S> = ChannelsOf<S> extends { fromZone: infer From }
  ? Exclude<ZoneNamesOf<S>, From>
  : never;

/** The paths in a client zone that are of a kind. */
export type ClientPathsOf<S, Kind extends EntryKind> = string extends PathsOf<S>
  ? string
  : Extract<PathsOf<S, Kind>, `/${ClientZonesOf<S>}/${string}`>;

/** The paths of vars that a client can read. */
export type ReadPath<S> = ClientPathsOf<S, "source" | "derived" | "replica">;

/** The paths of vars that a client can write. */
export type WritePath<S> = ClientPathsOf<S, "source" | "replica">;

/** The paths of computations, of whatever zone, that a client can dispatch to. */
export type DispatchPath<S> = PathsOf<S, "computation">;

/** What a mutator of the var at `P` must give: only its message counts. */
export type MutationOf<S, P> = {
  /** The version after the change; not looked at. */
  readonly updatedCrdt: unknown;
  /** What is written; `null` for nothing. */
  readonly message:
    | (CrdtAt<S, P> extends { apply(message: infer Message): unknown } ? Message
      : never)
    | null;
};

/** What is dispatched: nothing where the computation declares no payload. */
export type PayloadArgs<S, P> = unknown extends PayloadOf<S, P>
  ? [payload?: unknown]
  : [payload: PayloadOf<S, P>];
