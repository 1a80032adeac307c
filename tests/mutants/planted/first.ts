/**
 * Bugs that every run of the tests plants: one of each kind, caught by a few seeds.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const FIRST: readonly Plant[] = [
  {
    name: "a server node acknowledges before the master has committed",
    file: "shared/node/server/session_link.ts",
    find: "else enqueueOf(this.#state, session, write);",
    put: `else {
        enqueueOf(this.#state, session, write);
        session.verdicts.push({ actor: write.actor, n: write.n, seq: 0, lastN: 0, fault: null });
      }`,
  },
  {
    name: "the cursor moves before the delivery",
    file: "shared/node/peers/peer_links.ts",
    find: "      } else if (peer.inFlight) this.#sendUnanswered(peer);\n",
    put: `      } else if (peer.inFlight) {
        peer.seq = this.#producer.head;
        peer.touched.clear();
      }
`,
  },
  {
    name:
      "a write that is sent again, through whichever node, is committed again",
    file: "shared/node/master/actors.ts",
    find: '? { is: "answered", answer }',
    put: '? { is: "next" }',
  },
  {
    name: "a refused number is remembered as accepted",
    file: "shared/node/master/actors.ts",
    find: "answers.set(write.n, answer);",
    put: "answers.set(write.n, { ...answer, fault: null });",
  },
  {
    name: "a refused number is not remembered at all",
    file: "shared/node/master/commit.ts",
    find: "  if (fault) batch.refusals++;\n",
    put: "  if (fault) return { actor, n, seq: 0, fault, lastN: 0 };\n",
  },
  {
    name: "a master that slept forgets its subscribers",
    file: "shared/node/master/step.ts",
    find: "this.#state.peers.set(peer.name, peer);",
    put: "if (peer.link < 0) this.#state.peers.set(peer.name, peer);",
  },
  {
    name: "the last frame lost before a hibernation is never asked for",
    file: "shared/node/client/link_step.ts",
    find: "message.number > link.received",
    put: "message.number > link.received + 1e9",
  },
  {
    name: "a tie is broken by where one stands, not by who wrote",
    file: "shared/crdt/stamp.ts",
    find: "a.nodeId < b.nodeId ? -1 : a.nodeId > b.nodeId ? 1 : 0",
    put: "1",
  },
  {
    name: "the outbox is dropped when the link is",
    file: "shared/node/client/link_step.ts",
    find: "    link.greeted = false;\n    link.askedMs = null;",
    put:
      "    link.greeted = false;\n    for (const gone of this.#state.outbox.all()) this.#state.outbox.remove(gone);\n    link.askedMs = null;",
  },
  {
    name: "a tombstone is forgotten after a day",
    file: "shared/node/master/sweep.ts",
    find: "row.seq >= nowMs - HORIZON_MS - DAY_MS",
    put: "row.seq >= nowMs - DAY_MS",
    scenario: "seasons",
    alone: true,
  },
  {
    name: "what is alive is forgotten when it is old",
    file: "shared/node/master/sweep.ts",
    find: "return !variable.crdt.isLive(decodeRow(variable.crdt, row.body));",
    put: "return true;",
    scenario: "seasons",
  },
];
