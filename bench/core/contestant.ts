/**
 * What is measured of a map: each contestant does the same with its own means.
 *
 * @module
 */

/** What stands at a key. */
export interface Value {
  readonly n: number;
  readonly s: string;
}

/** Who makes what others merge. */
export const WRITER = "ann-4f2a91";

/** What a replica tells others, as it would go over a wire; an object where no bytes are asked for. */
export type Delta = Uint8Array | string | object;

/** A replica of a map. */
export interface MapReplica {
  /** Writes a value; returns what others must be told. */
  set(key: string, value: Value): Delta;
  /** Writes many in one go; returns what others must be told. */
  setMany(entries: readonly (readonly [string, Value])[]): Delta;
  /** Takes in what another replica has told. */
  merge(delta: Delta): void;
  /** Reads a value. */
  get(key: string): Value | undefined;
  /** All that is known, as it would be stored. */
  save(): Delta;
  /** What a replica that stood where `before` stood needs, and in how many messages. */
  missing(
    before: MapReplica,
  ): { readonly bytes: number; readonly messages: number };
}

/** Something that makes replicas. */
export interface MapContestant {
  /** What it is called in the table. */
  readonly name: string;
  /** A replica that knows nothing; all of one run can be merged. */
  open(actor: string): MapReplica;
  /** A replica of what was stored. */
  load(actor: string, saved: Delta): MapReplica;
}

/** How many bytes a delta has. */
export function sizeOf(delta: Delta): number {
  return bytesOf(delta).length;
}

/** The bytes of a delta. */
export function bytesOf(delta: Delta): Uint8Array {
  if (delta instanceof Uint8Array) return delta;
  if (typeof delta === "string") return new TextEncoder().encode(delta);
  throw new Error("an object has no bytes");
}
