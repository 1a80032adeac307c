/**
 * A session ends with its claims: no server node serves one that has run out.
 *
 * @module
 */

import type { ServerEvent } from "../../shared/node/server/step.ts";
import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";

type Joined = Extract<ServerEvent, { type: "joined" }>;

const NAME = "a session ends with its claims";

/** Nobody is served on claims of yesterday. */
export const claimsEnd: Checker = {
  name: NAME,
  watch: ({ world }) => {
    // What was verified counts, whatever the node has made of it.
    const ends = new Map<string, number>();
    return {
      step({ name, event }) {
        const host = world.servers.get(name)?.host;
        if (!host?.state) return;
        if (event.type === "joined") {
          const { socket, expiresMs } = event as Joined;
          ends.set(socket, expiresMs);
        }
        for (const { socket } of host.state.sessions.values()) {
          if ((ends.get(socket) ?? Infinity) > host.nowMs) continue;
          throw new Violation(NAME, `${name} keeps ${socket} at ${event.type}`);
        }
      },
    };
  },
};
