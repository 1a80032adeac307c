/**
 * A change of what a consumer wants, while the link stands.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import { WANTS_MAX } from "./limits.ts";
import { readWant, type Want, writeWant } from "./want.ts";

/** Adds and drops wants; numbered, so that a lost one is noticed. */
export interface Demand {
  /** Which message this is. */
  readonly type: "demand";
  /** The link it belongs to. */
  readonly link: number;
  /** 1 for the first demand after the hello, and so on. */
  readonly version: number;
  /** What is wanted from now on. */
  readonly add: readonly Want[];
  /** The ids of what is wanted no longer. */
  readonly drop: readonly number[];
}

/** Writes the fields of a demand. */
export function writeDemand(writer: Writer, demand: Demand): void {
  writer.uint(demand.link);
  writer.uint(demand.version);
  writer.list(demand.add, writeWant);
  writer.list(demand.drop, (w, id) => w.uint(id));
}

/** Reads what `writeDemand` wrote. */
export function readDemand(reader: Reader): Demand {
  return {
    type: "demand",
    link: reader.uint(),
    version: reader.uint(),
    add: reader.list(WANTS_MAX, readWant),
    drop: reader.list(WANTS_MAX, (r) => r.uint()),
  };
}
