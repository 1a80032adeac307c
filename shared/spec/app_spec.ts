// deno-lint-ignore-file no-explicit-any -- the source document says it so
/**
 * The language of a spec: the source's type and field names, and what design
 * adds to them. These are the types of a plain literal; `defineApp` checks the
 * same thing harder, and `parseAppSpec` checks it at run time.
 *
 * @module
 */

import type { LWWMapState } from "../crdt/lww_map.ts";
import type { LWWRegisterState } from "../crdt/lww_register.ts";
import type { AnyCrdt } from "../crdt/contract.ts";
import type { GSetOp } from "../crdt/gset.ts";
import type { ORSetState } from "../crdt/or_set.ts";
import type { PNCounterOp } from "../crdt/pn_counter.ts";
import type { SequenceState } from "../crdt/sequence/sequence.ts";

/** A zone-prefixed path to a var or a computation, such as `/client/my_todos`. */
export type Path = string;
/** The CRDT types in the box, by name. */
export type CrdtName =
  | "LWWRegister"
  | "LWWMap"
  | "GSet"
  | "ORSet"
  | "PNCounter"
  | "MaxRegister"
  | "Sequence";
/** One of the box, by name, or one of your own, as `defineCrdt` gives it. */
export type CrdtType = CrdtName | AnyCrdt;
/** What the values of a var are; `object` includes arrays and excludes `null`. */
export type ValueType = "object" | "number" | "string" | "boolean" | "array";

/** A validating, synchronous Standard Schema (standardschema.dev, version 1). */
export interface StandardSchema {
  /** The part of the standard that is read here. */
  readonly "~standard": {
    /** Always 1. */
    readonly version: 1;
    /** Who made the library. */
    readonly vendor: string;
    /** Gives `{ value }`, or `{ issues }` with what is wrong. */
    readonly validate: (value: unknown) => unknown;
  };
}

/** Verified claims bound to a connection. */
export type Session = {
  /** What the token said. */
  claims: any;
  /** Of the token, where one is known; never a secret. */
  signature: string;
};

/** Why a computation runs, and for whom. */
export type ZEvent = {
  /** The consumer: a client's node id, a server node's, or an author's actor. */
  nodeId: string;
  /** Whose claims it runs under. */
  session: Session;
  /** What was dispatched; `undefined` for a derived var. */
  payload: any;
  /** `actor.n` of a dispatched event, for ids that are the same on every run. */
  id?: string;
};

/** The node as a computation, a scope or a rule sees it. */
export type RunningNode = {
  /** The node's id; the author's actor for a dispatched event. */
  id: string;
  /** The zone it is a member of. */
  zone: ZoneName;
  /** The vars it may read, each under its last path segment. */
  state: { [name: string]: any };
  /** A stamp past everything that was read. */
  getTimestamp: () => number;
};

/** A message of a type of the box. */
export type BoxMessage<VT = any> =
  | LWWRegisterState<VT>
  | LWWMapState<VT>
  | GSetOp<VT>
  | ORSetState<VT>
  | PNCounterOp
  | SequenceState<VT>
  | number;

/**
 * A CRDT message for the var at `path`; `Message` says which for a type that is
 * not of the box. A `msg` of `null` is no effect.
 */
export type Effect<VT = any, Message = BoxMessage<VT>> = {
  /** The consumer that the effect is for. */
  nodeId: string;
  /** The var it goes to. */
  path: Path;
  /** The message. */
  msg: Message | null;
};

/** A pure function placed in a zone. */
export type Computation = (
  node: RunningNode,
  event: ZEvent,
) => Effect<any, any> | Effect<any, any>[] | null;

/** A key, all keys under a prefix, or a half-open range of keys by UTF-8 bytes. */
export type ScopePart =
  | { readonly key: string }
  | { readonly prefix: string }
  | { readonly from: string; readonly to: string };

/** Which rows of a var a session gets: pure, over its claims. */
export type Scope = (
  session: Session,
  node: RunningNode,
) => readonly ScopePart[];

/** An effect on one row, as a write rule sees it. */
export type CheckedEffect = Effect & {
  /** The key of the row. */
  key: string;
  /** What is written there; `undefined` for a removal. */
  value: any;
};

/** Row-level security: absent means denied to clients. */
export type Access = {
  /** Whether a session may see a row; `value` is `undefined` for a removed one. */
  using?: (session: Session, key: string, value: any) => boolean;
  /** Whether a session may make an effect; runs at the master, in the transaction. */
  withCheck?: (
    session: Session,
    effect: CheckedEffect,
    node: RunningNode,
  ) => boolean;
};

/** A var that is written. */
export type SourceState = {
  crdtType: CrdtType;
  valueType: ValueType;
  /** Gives bottom: the same bytes at every call. */
  init: any;
  /** A schema that every value must pass. */
  value?: StandardSchema;
  /** Who may see and write it; absent means nobody but operators. */
  access?: Access;
};

/** A dependency, whole or in part. */
export type Dependency = Path | { path: Path; scope: Scope };

/** A var that is computed. */
export type DerivedState = {
  crdtType: CrdtType;
  valueType: ValueType;
  /** The path of the computation that gives it. */
  computer: Path;
  /** What the computation reads. */
  depends_on: Dependency[];
  /** A schema that every value must pass. */
  value?: StandardSchema;
};

/** A client's writable, partial, live copy of a source var. */
export type ReplicaState = {
  /** The source var. */
  replica_of: Path;
  /** Which rows of it; absent means all that `using` lets through. */
  scope?: Scope;
};

/** The name of a zone. */
export type ZoneName = string;
/** The vars and computations of a zone. */
export type NodeSpec = {
  [varName: string]: SourceState | DerivedState | ReplicaState | Computation;
};
/** How two zones are joined. */
export type ChannelType = "websocket";
/** An edge of the tree of zones; `fromZone` is nearer to the root. */
export type Channel = {
  type: ChannelType;
  fromZone: ZoneName;
  toZone: ZoneName;
};

/** The whole app. */
export type AppSpec = {
  zones: { [zoneName: ZoneName]: NodeSpec };
  channels: Channel[];
};
