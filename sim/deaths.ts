/**
 * Deaths of nodes within a step: by the weather's chance, or at a point that
 * was chosen for it. A point is where a node can die: after a step, a
 * transaction or something done; points count anew every millisecond, as chance
 * does.
 *
 * @module
 */

import type { Roster } from "./roster.ts";

/** Where a node died. */
export interface Death {
  /** Which node. */
  readonly node: string;
  /** When, by the world's time. */
  readonly nowMs: number;
  /** How many points of that millisecond it had passed. */
  readonly point: number;
}

/** Says at each point whether a node dies there. */
export class Deaths {
  /** Told of those that chance has brought. */
  onDeath: (death: Death) => void = () => {};
  readonly #world: Roster;
  /** How many points the doomed have left, for each of their deaths. */
  readonly #doomed = new Map<string, number[]>();
  readonly #passed = new Map<string, { atMs: number; points: number }>();

  /** Nobody is doomed. */
  constructor(world: Roster) {
    this.#world = world;
  }

  /** Lets a node die when it has passed so many points more. */
  doom(node: string, points: number): void {
    const left = this.#doomed.get(node) ?? [];
    this.#doomed.set(node, [...left, points]);
  }

  /** Whether a node dies at the point where it is. */
  atPoint(node: string): boolean {
    return this.#isDoomed(node) || this.#hasBadLuck(node);
  }

  #isDoomed(node: string): boolean {
    const left = this.#doomed.get(node);
    if (!left) return false;
    const next = left.filter((points) => points > 0).map((points) =>
      points - 1
    );
    if (next.length === 0) this.#doomed.delete(node);
    else this.#doomed.set(node, next);
    return next.length < left.length;
  }

  #hasBadLuck(node: string): boolean {
    const { weather: { crashWithin }, chance, agenda } = this.#world;
    if (crashWithin === 0) return false;
    const { nowMs } = agenda;
    const passed = this.#passed.get(node);
    const point = passed?.atMs === nowMs ? passed.points : 0;
    this.#passed.set(node, { atMs: nowMs, points: point + 1 });
    if (!chance.at(`death of ${node}`).chance(crashWithin)) return false;
    this.onDeath({ node, nowMs, point });
    return true;
  }
}
