/**
 * Where nodes were when they could have died, and how often they did: after any
 * step, after any write to a store, after anything that was asked of the world.
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

/** All points of one role, by name. */
export type Points = Map<string, Passed>;

/** All points of all roles. */
export class Coverage {
  /** By role, then by point. */
  readonly roles: Map<string, Points> = new Map();

  /** The points of a role. */
  of(role: string): Points {
    const known = this.roles.get(role);
    if (known) return known;
    const points: Points = new Map();
    this.roles.set(role, points);
    return points;
  }

  /** Adds what another run has seen. */
  add(other: ReadonlyMap<string, ReadonlyMap<string, Passed>>): void {
    for (const [role, points] of other) {
      for (const [point, { times, deaths }] of points) {
        addTo(this.of(role), point, times, deaths);
      }
    }
  }

  /** Every point in words, the one with the fewest deaths first. */
  fewest(): [point: string, passed: Passed][] {
    return [...this.roles].flatMap(([role, points]) =>
      [...points].map(([point, passed]): [string, Passed] => [
        `${role} ${point}`,
        passed,
      ])
    ).sort(([a, one], [b, other]) =>
      one.deaths - other.deaths || (a < b ? -1 : 1)
    );
  }
}

/** Notes that a point was passed, or was the last. */
export function addTo(
  points: Points,
  point: string,
  times: number,
  deaths: number,
): void {
  const known = points.get(point);
  if (!known) points.set(point, { times, deaths });
  else {
    known.times += times;
    known.deaths += deaths;
  }
}
