/**
 * Many clients and one hot key: all write the same row at the same time, and
 * everybody must end with the same value.
 *
 * @module
 */

import type { LWWMap } from "../../shared/crdt/lww_map.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { derivedCurrent } from "../checkers/derived_current.ts";
import type { Moment, Scenario } from "../scenario.ts";

const CLIENTS = 12;
const HOT = "hot";

const spec: AppSpec = {
  zones: {
    db: {
      board: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
        access: { using: () => true, withCheck: () => true },
      },
    },
    server: {
      count: (node, event) => ({
        nodeId: event.nodeId,
        path: "/client/size",
        msg: {
          nodeId: node.id,
          timestamp: node.getTimestamp(),
          value: node.state.board.countKeys(),
        },
      }),
    },
    client: {
      board: { replica_of: "/db/board" },
      size: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/server/count",
        depends_on: ["/db/board"],
      },
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
};

function act({ world, client, random }: Moment): void {
  const mark = random.below(2 ** 32).toString(36);
  const key = random.chance(0.9) ? HOT : `cold-${random.below(3)}`;
  const isRush = random.chance(0.1);
  const writers = isRush ? [...world.clients.values()] : [client];
  for (const writer of writers.filter(({ isOn }) => isOn)) {
    writer.mutate(
      "/client/board",
      (board: LWWMap<string>) =>
        random.chance(0.1)
          ? board.removeKey(key)
          : board.setValueForKey(key, `${writer.name} ${mark}`),
    );
  }
}

/** A dozen clients of a dozen users over one hot key, under all faults. */
export const stormScenario: Scenario = {
  name: "storm",
  app: parseAppSpec(spec),
  servers: 3,
  clients: Array.from({ length: CLIENTS }, (_, i) => ({
    name: `client-${i}`,
    zone: "client",
    claims: { sub: `user-${i}` },
  })),
  workload: act,
  acts: 200,
  checkers: [derivedCurrent(
    new Map([[
      "/client/size",
      (_world, client) => client.get("/client/board").countKeys(),
    ]]),
  )],
};
