/**
 * A session ends with its claims: no server node serves one that has run out.
 *
 * @module
 */

import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";

const NAME = "a session ends with its claims";

/** Nobody is served on claims of yesterday. */
export const claimsEnd: Checker = {
  name: NAME,
  watch: ({ world }) => ({
    step({ name, event }) {
      const host = world.servers.get(name)?.host;
      for (const session of host?.state?.sessions.values() ?? []) {
        if (session.expiresMs > host!.nowMs) continue;
        throw new Violation(
          NAME,
          `${name} keeps ${session.socket} at ${event.type}`,
        );
      }
    },
  }),
};
