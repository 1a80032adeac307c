/**
 * The values of a spec's vars as types: from the schema where there is one,
 * else from what `init` or the computation gives, else from `valueType`.
 *
 * @module
 */

import type { CrdtContract } from "../crdt/contract.ts";
import type { GSet, GSetOp } from "../crdt/gset.ts";
import type { LWWMap, LWWMapState } from "../crdt/lww_map.ts";
import type { LWWRegister, LWWRegisterState } from "../crdt/lww_register.ts";
import type { MaxRegister } from "../crdt/max_register.ts";
import type { ORSet, ORSetState } from "../crdt/or_set.ts";
import type { PNCounter, PNCounterOp } from "../crdt/pn_counter.ts";
import type { Sequence, SequenceState } from "../crdt/sequence/sequence.ts";
import type { CrdtName } from "./app_spec.ts";
import type { VarAt, ZoneNamesOf } from "./spec_paths.ts";

/** What a value may be at most, by `valueType`. */
interface Bounds {
  object: object;
  number: number;
  string: string;
  boolean: boolean;
  array: readonly unknown[];
}

/** What a value is when nothing but its `valueType` is known. */
interface Defaults extends Omit<Bounds, "object"> {
  object: Record<string, unknown>;
}

/**
 * The CRDT class of a `crdtType` over values of a type.
 *
 * @internal
 */
interface Instances<Value> {
  LWWRegister: LWWRegister<Value>;
  LWWMap: LWWMap<Value>;
  GSet: GSet<Value>;
  ORSet: ORSet<Value>;
  PNCounter: PNCounter;
  MaxRegister: MaxRegister;
  Sequence: Sequence<Value>;
}

/**
 * The message of a `crdtType` over values of a type.
 *
 * @internal
 */
interface Messages<Value> {
  LWWRegister: LWWRegisterState<Value>;
  LWWMap: LWWMapState<Value>;
  GSet: GSetOp<Value>;
  ORSet: ORSetState<Value>;
  PNCounter: PNCounterOp;
  MaxRegister: number;
  Sequence: SequenceState<Value>;
}

/**
 * A type's entry in one of the tables above.
 *
 * @internal
 */
type Lookup<Table, Key> = Key extends keyof Table ? Table[Key] : never;

/**
 * The most that a var's `valueType` lets in.
 *
 * @internal
 */
export type BoundOf<Entry> = Entry extends { valueType: infer V }
  ? Lookup<Bounds, V>
  : never;

/** What a var's `valueType` alone tells of its values. */
type DefaultOf<Entry> = Entry extends { valueType: infer V }
  ? Lookup<Defaults, V>
  : never;

/** The output type of a var's schema; `never` when there is none to read. */
type SchemaValueOf<Entry> = Entry extends {
  value: { "~standard": { types?: infer Types } };
} ? NonNullable<Types> extends { output: infer Output } ? Output : never
  : never;

type ElementOf<Init> = Init extends ReadonlySet<infer V> | readonly (infer V)[]
  ? V
  : unknown;

/** What the `init` of a var gives one value of; `unknown` when it is of the wrong form. */
export type InitValueOf<Entry> = Entry extends
  { crdtType: infer C; init: () => infer Init } ? {
    LWWRegister: Init;
    LWWMap: Init extends ReadonlyMap<string, infer V> ? V : unknown;
    GSet: ElementOf<Init>;
    ORSet: ElementOf<Init>;
    PNCounter: Init;
    MaxRegister: Init;
    Sequence: Init extends readonly (infer V)[] ? V : unknown;
  } extends infer Table ? Lookup<Table, C> : never
  : never;

/** The effects that a computation gives, as a union. */
export type EffectsOf<F> = F extends (...args: never[]) => infer R
  ? R extends readonly (infer E)[] ? E : Exclude<R, null>
  : never;

/** The plain value in a message. */
type MessageValueOf<Message> = Message extends ReadonlyMap<string, infer State>
  ? Exclude<MessageValueOf<State>, null | undefined>
  : Message extends { value: infer V } ? V
  : never;

/** What the computation of a derived var gives one value of. */
type ComputedValueOf<S, P, Entry> = Entry extends { computer: infer C }
  ? Extract<EffectsOf<VarAt<S, C>>, { path: P }> extends { msg: infer M }
    ? MessageValueOf<M>
  : never
  : never;

/** Whether a type says less than nothing: `any`, or the type of an empty literal. */
type IsVague<T> = 0 extends 1 & T ? true
  : [T] extends [readonly never[]] ? true
  : [T] extends [object] ? [keyof T] extends [never] ? true : false
  : false;

/** The first type where it says something within the bound, else the second. */
type Narrower<T, Bound, Default> = IsVague<T> extends true ? Default
  : [T] extends [Bound] ? T
  : Default;

/**
 * The type of one value of an entry that is no replica.
 *
 * @internal
 */
type ValueOf<S, P, Entry> = [SchemaValueOf<Entry>] extends [never] ? Narrower<
    Entry extends { init: unknown } ? InitValueOf<Entry>
      : ComputedValueOf<S, P, Entry>,
    BoundOf<Entry>,
    DefaultOf<Entry>
  >
  : SchemaValueOf<Entry>;

/**
 * Whether a path says nothing: its spec, or the path itself, has no names that
 * the compiler knows, as with a plain `AppSpec`.
 *
 * @internal
 */
type IsOpen<S, P> = string extends ZoneNamesOf<S> | P ? true : false;

/** The type of one value of the var at a path; a replica's is its source's. */
export type ValueAt<S, P> = IsOpen<S, P> extends true ? unknown
  : [VarAt<S, P>] extends [never] ? never
  : VarAt<S, P> extends { replica_of: infer Source }
    ? ValueOf<S, Source, VarAt<S, Source>>
  : ValueOf<S, P, VarAt<S, P>>;

/**
 * The `crdtType` of the var at a path; a replica's is its source's.
 *
 * @internal
 */
type CrdtTypeAt<S, P> = IsOpen<S, P> extends true ? CrdtName
  : [VarAt<S, P>] extends [never] ? never
  : VarAt<S, P> extends { replica_of: infer Source } ? CrdtTypeAt<S, Source>
  : VarAt<S, P> extends { crdtType: infer C } ? C
  : never;

/** The class that holds the var at a path, such as `LWWMap<string>`. */
export type CrdtAt<S, P> = P extends string
  ? [CrdtTypeAt<S, P>] extends [string]
    ? Lookup<Instances<ValueAt<S, P>>, CrdtTypeAt<S, P>>
  : CrdtTypeAt<S, P> extends
    CrdtContract<infer Own, infer _M, infer _R, infer _C> ? Own
  : never
  : never;

/** The messages that the var at a path can take, values checked by `valueType` only. */
export type MessageAt<S, P> = [CrdtTypeAt<S, P>] extends [string]
  ? Lookup<Messages<BoundOf<VarAt<S, P>>>, CrdtTypeAt<S, P>>
  : CrdtTypeAt<S, P> extends
    CrdtContract<infer _C, infer Own, infer _R, infer _D> ? Own
  : never;

/**
 * What may be dispatched to a computation: the `payload` of the event that it
 * declares, `unknown` when it declares none.
 */
export type PayloadOf<S, P> = IsOpen<S, P> extends true ? unknown
  : [VarAt<S, P>] extends [never] ? never
  : VarAt<S, P> extends (node: never, event: infer Event) => unknown
    ? Event extends { payload: infer Payload }
      ? 0 extends 1 & Payload ? unknown : Payload
    : unknown
  : never;
