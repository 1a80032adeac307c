/**
 * A history: everything that chance decides of a run before it begins. It is
 * plain data, so that it can be kept, shrunk, and run again.
 *
 * @module
 */

import type { Weather } from "./weather.ts";

/** Somebody does something: what, its own seed decides. */
export interface Act {
  /** What tells it from strikes. */
  readonly kind: "act";
  /** When, in milliseconds from the beginning. */
  readonly atMs: number;
  /** Who. */
  readonly node: string;
  /** The seed of what is done. */
  readonly seed: number;
}

/** A fault strikes. */
export interface Strike {
  /** Which fault, by its name in `STRIKES`. */
  readonly kind: string;
  /** When, in milliseconds from the beginning. */
  readonly atMs: number;
  /** Whom. */
  readonly node: string;
  /** The node at the other end, where the fault is between two. */
  readonly other?: string;
  /** For how long, in milliseconds. */
  readonly forMs?: number;
  /** By how much, in milliseconds. */
  readonly byMs?: number;
  /** Where within its steps: how many points at which it can die it has passed. */
  readonly point?: number;
}

/** Something that happens in a run. */
export type Happening = Act | Strike;

/** A whole run. */
export interface History {
  /** What the world draws from while it runs. */
  readonly seed: number;
  /** How bad it is while it storms. */
  readonly weather: Weather;
  /** How the run ends. */
  readonly ending: Ending;
  /** Rows and bytes in a message between nodes of the kit. */
  readonly paging: { readonly rows: number; readonly bytes: number };
  /** What happens, in order of time. */
  readonly happenings: readonly Happening[];
}

/**
 * How a run ends: all come to `rest`; or all `sleep`, and then somebody writes;
 * or what is said of somebody's last write is lost in `silence`.
 */
export type Ending = "rest" | "sleep" | "silence";

/** Says whether a happening is a fault's. */
export function isStrike(happening: Happening): happening is Strike {
  return happening.kind !== "act";
}
