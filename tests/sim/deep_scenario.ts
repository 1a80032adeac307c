/**
 * Server zones in a row before the clients, whose nodes die and lose their links
 * while many keys of one map are written: each is all the time catching up.
 *
 * @module
 */

import type { AppSpec, LWWMap } from "../../shared/mod.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Moment, Scenario } from "../../sim/scenario.ts";

const spec: AppSpec = {
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
        access: { using: () => true, withCheck: () => true },
      },
    },
    region: {},
    edge: {},
    phone: { notes: { replica_of: "/db/notes" } },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "region" },
    { type: "websocket", fromZone: "region", toZone: "edge" },
    { type: "websocket", fromZone: "edge", toZone: "phone" },
  ],
};

function act({ client, random }: Moment): void {
  const key = String(random.below(40));
  client.mutate(
    "/phone/notes",
    (map: LWWMap<string>) =>
      random.chance(0.2)
        ? map.removeKey(key)
        : map.setValueForKey(key, random.below(2 ** 32).toString(36)),
  );
}

/** What is answered while rows are still on their way, two nodes further. */
export const deepScenario: Scenario = {
  name: "deep",
  app: parseAppSpec(spec),
  servers: 1,
  clients: ["ann", "ben", "cleo", "dan"].map((name) => ({
    name,
    zone: "phone",
    claims: { sub: name },
  })),
  workload: act,
  acts: 200,
  faults: [
    ...Array<string>(2).fill("crash"),
    ...Array<string>(2).fill("hibernate"),
    "delay",
    "cut",
    "partition",
    "drop",
  ],
};
