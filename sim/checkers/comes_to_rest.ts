/**
 * All come to rest: nodes that have nothing to tell one another are silent, but
 * for the question whether the other end lives.
 *
 * @module
 */

import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";

const NAME = "all come to rest";
/** No run of a scenario has as many steps; one that has goes round in circles. */
const STEPS_MAX = 20_000;
const MINUTE_MS = 60_000;
/** In a minute a link is asked three times whether it lives, and answers. */
const STEPS_A_MINUTE = 30;

/** Nobody talks for talking's sake. */
export const comesToRest: Checker = {
  name: NAME,
  watch({ world: { agenda, clients, servers } }) {
    const stepsMs: number[] = [];
    return {
      step({ name, event }) {
        stepsMs.push(agenda.nowMs);
        if (stepsMs.length < STEPS_MAX) return;
        throw new Violation(NAME, `${name} goes on and on at ${event.type}`);
      },
      rest() {
        const late = stepsMs.filter((atMs) => atMs > agenda.nowMs - MINUTE_MS);
        const most = STEPS_A_MINUTE * (1 + clients.size + servers.size);
        if (late.length <= most) return;
        throw new Violation(NAME, `${late.length} steps in the last minute`);
      },
    };
  },
};
