/**
 * Memory, queues and storage are bounded by live data and limits: at rest,
 * nothing waits anywhere, and nothing is kept for those who have gone.
 *
 * @module
 */

import { NODES_PATH } from "../../shared/node/peers/peer_links.ts";
import { inRange } from "../../shared/ports/key_range.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { Checker } from "../checker.ts";
import type { ServerHost } from "../hosts.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const NAME = "memory and storage are bounded";
const RING_MAX = 1_024;

/** Nothing is left behind. */
export const bounded: Checker = {
  name: NAME,
  watch: ({ world }) => ({ rest: () => checkBounded(world) }),
};

function checkBounded(world: World): void {
  const { state, rows } = world.master;
  expectAtMost(
    world.master.name,
    "ring",
    rows.range("#ring", WHOLE).length,
    RING_MAX,
  );
  expectAtMost(
    world.master.name,
    "nodes",
    rows.range("#nodes", WHOLE).length,
    world.servers.size,
  );
  for (const peer of state?.peers.values() ?? []) {
    expectAtMost(world.master.name, "verdicts", peer.verdicts.length, 0);
    const up = world.servers.get(peer.name)?.host.state?.up;
    // A node that woke has not told yet that it wants nothing.
    if (up?.link !== peer.link) continue;
    const wants = peer.wants?.size ?? 0;
    expectAtMost(peer.name, "wants at the master", wants, up.held.size);
  }
  for (const [name, { host }] of world.servers) {
    if (!host.state) continue;
    const { queue, inFlight, routes, sessions, up } = host.state;
    expectAtMost(name, "queued writes", queue.length, 0);
    expectAtMost(name, "writes under way", inFlight.size, 0);
    expectAtMost(name, "routes", routes.size, 0);
    expectAtMost(name, "early messages", up.early.size, 0);
    const open = world.network.sockets.of(name).length;
    expectAtMost(name, "sessions", sessions.size, open);
    const wants = [...sessions.values()].flatMap((
      { wants },
    ) => [...wants.values()]);
    expectAtMost(name, "rows that nobody demands", undemanded(host), 0);
    if (wants.length === 0 && host.state.peers.size === 0) {
      expectAtMost(name, "demands without a session", up.held.size, 0);
    }
  }
  for (const { name, host } of world.clients.values()) {
    expectAtMost(name, "outbox", host.state?.outbox.size ?? 0, 0);
    const { length } = host.rows.range("#outbox", WHOLE);
    expectAtMost(name, "stored outbox", length, 0);
  }
}

/** How many rows of a copy are none of what is demanded. */
function undemanded({ state, rows }: ServerHost): number {
  const held = [...state!.up.held.values()];
  const copied = [...rows.paths()].filter((path) => path !== NODES_PATH);
  return copied.flatMap((path) =>
    rows.range(path, WHOLE).filter(({ key }) =>
      !held.some(({ rowsPath, range }) =>
        rowsPath === path && inRange(range, key)
      )
    )
  ).length;
}

function expectAtMost(node: string, what: string, found: number, most: number) {
  if (found <= most) return;
  throw new Violation(NAME, `${node} keeps ${found} ${what}, want ${most}`);
}
