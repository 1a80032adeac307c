/**
 * The paths of a spec as types: what is at a path, and which paths there are
 * of a kind.
 *
 * @module
 */

/** What an entry of a zone can be. */
export type EntryKind = "source" | "derived" | "replica" | "computation";

/**
 * The zones of a spec.
 *
 * @internal
 */
export type ZonesOf<S> = S extends { zones: infer Zones } ? Zones : never;

/**
 * The names of the zones of a spec.
 *
 * @internal
 */
export type ZoneNamesOf<S> = keyof ZonesOf<S> & string;

/**
 * The channels of a spec, as a union.
 *
 * @internal
 */
export type ChannelsOf<S> = S extends { channels: readonly (infer C)[] } ? C
  : never;

/** The zones that are never a `toZone`: in a sound spec that is the root. */
export type RootsOf<S> = ChannelsOf<S> extends { toZone: infer To }
  ? Exclude<ZoneNamesOf<S>, To>
  : never;

/**
 * What an entry of a zone is. A computation is what is none of the others: to
 * match a function by its signature would ask for its return type while the
 * compiler is still finding that out.
 */
export type KindOf<Entry> = Entry extends { replica_of: string } ? "replica"
  : Entry extends { computer: string } ? "derived"
  : Entry extends { init: unknown } ? "source"
  : "computation";

/** The entry at a path as the spec has it; `never` when the path names nothing. */
export type VarAt<S, P> = P extends `/${infer Zone}/${infer Name}`
  ? Zone extends keyof ZonesOf<S>
    ? Name extends keyof ZonesOf<S>[Zone] ? ZonesOf<S>[Zone][Name] : never
  : never
  : never;

/**
 * The paths of one zone that are of a kind.
 *
 * @internal
 */
type PathsIn<S, Zone extends ZoneNamesOf<S>, Kind extends EntryKind> = {
  [Name in keyof ZonesOf<S>[Zone] & string]: KindOf<
    ZonesOf<S>[Zone][Name]
  > extends Kind ? `/${Zone}/${Name}` : never;
}[keyof ZonesOf<S>[Zone] & string];

/**
 * The paths of a spec that are of a kind, as a union of literals; `string` for
 * a spec of which no names are known, such as a plain `AppSpec`.
 */
export type PathsOf<S, Kind extends EntryKind = EntryKind> = string extends
  ZoneNamesOf<S> ? string
  : { [Zone in ZoneNamesOf<S>]: PathsIn<S, Zone, Kind> }[ZoneNamesOf<S>];
