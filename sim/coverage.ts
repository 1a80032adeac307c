/**
 * Where nodes were when they could have died, and how often they did.
 *
 * @module
 */

/** How often a point was passed, and how often it was the last. */
export interface Passed {
  /** All times. */
  times: number;
  /** Those times when the node died there. */
  deaths: number;
}

/** All points of all roles. */
export class Coverage {
  /** By role and point. */
  readonly points = new Map<string, Passed>();

  /** Notes that a node of a role has come to a point, and whether it died there. */
  passed(point: string, dies: boolean): void {
    const known = this.points.get(point);
    if (!known) this.points.set(point, { times: 1, deaths: dies ? 1 : 0 });
    else {
      known.times++;
      if (dies) known.deaths++;
    }
  }

  /** Adds what another run has seen. */
  add(other: ReadonlyMap<string, Passed>): void {
    for (const [point, { times, deaths }] of other) {
      const known = this.points.get(point) ?? { times: 0, deaths: 0 };
      known.times += times;
      known.deaths += deaths;
      this.points.set(point, known);
    }
  }
}
