/**
 * Faults of sessions.
 *
 * @module
 */

import type { Fault as Refusal } from "../../shared/protocol/codes.ts";
import type { Fault } from "./fault.ts";

const REVOKED: Refusal = {
  code: "needs-auth",
  path: "connect",
  found: "a session that was revoked",
  wanted: "another",
};

/** Sessions end after a while, and must be renewed. */
export const sessionExpired: Fault = {
  name: "session-expired",
  ofOneTab: true,
  most: 2,
  draw: (random, { clients }) => ({
    node: random.pick(clients),
    forMs: 500 + random.below(8_000),
  }),
  strike(world, { node, forMs }) {
    const client = world.clients.get(node);
    if (!client) return;
    client.sessionMs = forMs ?? Infinity;
    world.network.sockets.cutOf(node);
  },
};

/** A session is revoked; after a while its user signs in again. */
export const sessionRevoked: Fault = {
  name: "session-revoked",
  ofOneTab: true,
  most: 1,
  draw: (random, { clients }) => ({
    node: random.pick(clients),
    forMs: 500 + random.below(8_000),
  }),
  strike(world, { node, forMs }) {
    const client = world.clients.get(node);
    if (!client) return;
    client.barred = REVOKED;
    world.network.sockets.cutOf(node);
    world.agenda.at(world.agenda.nowMs + (forMs ?? 0), () => {
      client.barred = null;
      if (client.isOn) client.wake();
    });
  },
};
