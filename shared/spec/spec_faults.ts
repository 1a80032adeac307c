/**
 * What the compiler can tell about a spec, as types: the spec's own shape with
 * a `SpecFault` wherever something is wrong and `unknown` wherever nothing is.
 *
 * @module
 */

import type {
  ChannelsOf,
  PathsOf,
  RootsOf,
  VarAt,
  ZoneNamesOf,
  ZonesOf,
} from "./spec_paths.ts";
import type {
  BoundOf,
  EffectsOf,
  InitValueOf,
  MessageAt,
} from "./spec_values.ts";

/** What stands where a spec is wrong; no value has this type, so the message is shown. */
export interface SpecFault<Message extends string> {
  /** What is wrong. */
  readonly "Cannot use this spec": Message;
}

/** The kinds of entry that hold a value. */
type VarKind = "source" | "derived" | "replica";

/** Text for a message, whatever the type is. */
type Text<T> = T extends string ? T : "?";

/** Where the effects of a computation go, as far as types can tell. */
type EffectPathsOf<F> = EffectsOf<F> extends { path: infer P extends string }
  ? P
  : string;

/** The messages in the effects of a computation. */
type EffectMessagesOf<F> = EffectsOf<F> extends { msg: infer M } ? M : never;

/** What is wrong with the effects of the computer of the var at `P`. */
type EffectFault<S, P extends string, Computer extends string> = string extends
  EffectPathsOf<VarAt<S, Computer>> ? unknown
  : EffectPathsOf<VarAt<S, Computer>> extends P
    ? EffectMessagesOf<VarAt<S, Computer>> extends MessageAt<S, P> | null
      ? unknown
    : SpecFault<`${Computer} gives no message of ${P}'s crdtType and valueType`>
  : SpecFault<
    `${Computer} gives effects for ${EffectPathsOf<
      VarAt<S, Computer>
    >}, not for ${P}`
  >;

/** What is wrong with the computer of the derived var at `P`. */
type ComputerFault<S, P extends string, Computer> = Computer extends
  PathsOf<S, "computation"> ? EffectFault<S, P, Computer>
  : SpecFault<`${Text<Computer>} is no computation`>;

/** What is wrong with a path that should name a var. */
type VarPathFault<S, P> = P extends PathsOf<S, VarKind> ? unknown
  : SpecFault<`${Text<P>} is no var`>;

/** What is wrong with each dependency. */
type DependencyFaults<S, Dependencies> = {
  [I in keyof Dependencies]: Dependencies[I] extends { path: infer P }
    ? { path: VarPathFault<S, P> }
    : VarPathFault<S, Dependencies[I]>;
};

/** What is wrong with the source of a replica. */
type ReplicaFault<S, P> = P extends PathsOf<S, "source">
  ? P extends `/${RootsOf<S>}/${string}` ? unknown
  : SpecFault<`${P} is not in the root zone`>
  : SpecFault<`${Text<P>} is no source var`>;

/** What is wrong with the `init` of a source var. */
type InitFault<Entry> = [InitValueOf<Entry>] extends [BoundOf<Entry>] ? unknown
  : SpecFault<"init gives no value of this valueType">;

/**
 * What is wrong with one entry of a zone. Nothing is said at a function's own
 * place: its type would then depend on what it returns.
 *
 * @internal
 */
type EntryFaults<S, P extends string, Entry> = Entry extends
  { replica_of: infer Source } ? { replica_of: ReplicaFault<S, Source> }
  : Entry extends { computer: infer C; depends_on: infer D }
    ? { computer: ComputerFault<S, P, C>; depends_on: DependencyFaults<S, D> }
  : Entry extends { init: unknown } ? { valueType: InitFault<Entry> }
  : unknown;

/**
 * What is wrong with each channel.
 *
 * @internal
 */
type ChannelFaults<S> = S extends { channels: infer Channels } ? {
    [I in keyof Channels]: {
      [End in "fromZone" | "toZone"]: Channels[I] extends
        { [E in End]: infer Zone } ? Zone extends ZoneNamesOf<S> ? unknown
        : SpecFault<`${Text<Zone>} is no zone`>
        : unknown;
    };
  }
  : unknown;

/** Everything that the compiler can tell is wrong with a spec. */
export type SpecFaults<S> = string extends ZoneNamesOf<S> ? unknown : {
  zones: {
    [Zone in keyof ZonesOf<S>]: {
      [Name in keyof ZonesOf<S>[Zone]]: EntryFaults<
        S,
        `/${Zone & string}/${Name & string}`,
        ZonesOf<S>[Zone][Name]
      >;
    };
  };
  channels: [ChannelsOf<S>] extends [never] ? unknown : ChannelFaults<S>;
};
