/**
 * Bugs to plant in the links between nodes.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const PEERS: readonly Plant[] = [
  {
    name: "an old hello begins the link again",
    file: "shared/node/peers/peer_links.ts",
    find: "if (known && hello.link <= known.link)",
    put: "if (known && hello.link < known.link)",
  },
  {
    name: "demands are taken as they come",
    file: "shared/node/peers/peer_links.ts",
    find: "message.version !== peer.demandVersion + 1",
    put: "false",
    scenario: "tree",
  },
  {
    name: "what is wanted no longer is still sent",
    file: "shared/node/peers/peer_links.ts",
    find: "for (const want of dropped) peer.wants!.delete(want.id);",
    put: "",
    alone: true,
  },
  {
    name: "what changes behind the page of a catch-up is not sent",
    file: "shared/node/peers/compose.ts",
    find: "(next === null || compareKeys(key, next) < 0)",
    put: "next === null",
  },
  {
    name: "a live row ends the catch-up",
    file: "shared/node/peers/compose.ts",
    find: "    yield live;\n",
    put: "    yield { ...live, next: null };\n",
    alone: true,
  },
  {
    name: "a catch-up begins where the parent stands",
    file: "shared/node/peers/compose.ts",
    find: "since: want.since, resumed: null }",
    put: "since: peer.seq, resumed: null }",
  },
  {
    name: "verdicts are left behind when rows are sent",
    file: "shared/node/peers/compose.ts",
    find: "    verdicts,\n    parts,",
    put: "    verdicts: parts.length > 0 ? [] : verdicts,\n    parts,",
  },
  {
    name: "who was told nothing counts as told",
    file: "shared/node/peers/compose.ts",
    find: "  peer.seq = producer.head;\n",
    put: "  peer.seq = producer.head + 1000;\n",
  },
];
