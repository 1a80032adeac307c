/**
 * Six zones: server zones behind a server zone and beside another, clients at
 * three depths, values computed at every level for every level below it.
 *
 * @module
 */

import type {
  AppSpec,
  LWWMap,
  RunningNode,
  Session,
  ZEvent,
} from "../../shared/mod.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import {
  derivedCurrent,
  type Expectation,
} from "../../sim/checkers/derived_current.ts";
import type { Client } from "../../sim/client.ts";
import type { Moment, Scenario } from "../../sim/scenario.ts";
import type { World } from "../../sim/world.ts";

const own = (session: Session) => `${session.claims.sub}/`;
const ownPart = (session: Session) => [{ prefix: own(session) }];

function number(
  path: string,
  value: (node: RunningNode, event: ZEvent) => number,
) {
  return (node: RunningNode, event: ZEvent) => ({
    nodeId: event.nodeId,
    path,
    msg: {
      nodeId: node.id,
      timestamp: node.getTimestamp(),
      value: value(node, event),
    },
  });
}

function append(node: RunningNode, event: ZEvent) {
  const timestamp = node.getTimestamp();
  const key = `${own(event.session)}${event.payload}`;
  return {
    nodeId: event.nodeId,
    path: "/db/notes",
    msg: new Map([[key, { nodeId: node.id, timestamp, value: "event" }]]),
  };
}

const counter = { crdtType: "LWWRegister", valueType: "number" } as const;

const spec: AppSpec = {
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
        access: {
          using: (session, key) => key.startsWith(own(session)),
          withCheck: (session, effect) => effect.key.startsWith(own(session)),
        },
      },
      count_all: number("/region/all", (node) => node.state.notes.countKeys()),
      count_for_phone: number(
        "/phone/at_db",
        (node, event) =>
          [...node.state.notes.getValue().keys()]
            .filter((key) => key.startsWith(own(event.session))).length,
      ),
      append,
    },
    region: {
      all: { ...counter, computer: "/db/count_all", depends_on: ["/db/notes"] },
      count_for_edge: number(
        "/edge/size",
        (node) => node.state.notes.countKeys(),
      ),
      count_for_phone: number(
        "/phone/at_region",
        (node) => node.state.notes.countKeys(),
      ),
      append,
    },
    edge: {
      size: {
        ...counter,
        computer: "/region/count_for_edge",
        depends_on: ["/db/notes"],
      },
      doubled: {
        ...counter,
        computer: "/edge/double",
        depends_on: ["/region/all"],
      },
      double: number(
        "/edge/doubled",
        (node) => 2 * (node.state.all.getValue() ?? 0),
      ),
      append,
    },
    phone: {
      notes: { replica_of: "/db/notes", scope: ownPart },
      at_db: {
        ...counter,
        computer: "/db/count_for_phone",
        depends_on: ["/db/notes"],
      },
      at_region: {
        ...counter,
        computer: "/region/count_for_phone",
        depends_on: [{ path: "/db/notes", scope: ownPart }],
      },
      sum: {
        ...counter,
        computer: "/phone/add",
        depends_on: ["/edge/size", "/edge/doubled", "/region/all"],
      },
      add: number(
        "/phone/sum",
        ({ state }) =>
          100 * (state.size.getValue() ?? 0) +
          10 * (state.doubled.getValue() ?? 0) + (state.all.getValue() ?? 0),
      ),
    },
    kiosk: { notes: { replica_of: "/db/notes", scope: ownPart } },
    office: {},
    console: { notes: { replica_of: "/db/notes" } },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "region" },
    { type: "websocket", fromZone: "region", toZone: "edge" },
    { type: "websocket", fromZone: "edge", toZone: "phone" },
    { type: "websocket", fromZone: "region", toZone: "kiosk" },
    { type: "websocket", fromZone: "db", toZone: "office" },
    { type: "websocket", fromZone: "office", toZone: "console" },
  ],
};

function act({ client, random }: Moment): void {
  const { sub } = client.claims as { sub: string };
  const mark = random.below(2 ** 32).toString(36);
  if (client.zone === "phone" && random.chance(0.2)) {
    const zone = random.pick(["edge", "region", "db"]);
    client.dispatch(`/${zone}/append`, `e-${mark}`);
    return;
  }
  const key = `${random.chance(0.1) ? "x" : ""}${sub}/${random.below(6)}`;
  client.mutate(
    `/${client.zone}/notes`,
    (map: LWWMap<string>) =>
      random.chance(0.2)
        ? map.removeKey(key)
        : map.setValueForKey(key, `value ${mark}`),
  );
}

function live(world: World, prefix = ""): number {
  const { crdt } = world.app.vars.get("/db/notes")!;
  return world.master.rows.range("/db/notes", WHOLE)
    .filter(({ key, body }) =>
      key.startsWith(prefix) && crdt.isLive(decodeRow(crdt, body))
    ).length;
}

const mine = (world: World, client: Client) =>
  live(world, own({ claims: client.claims, signature: "" }));

/** The tree of six zones under everything that can go wrong. */
export const treeScenario: Scenario = {
  name: "tree",
  app: parseAppSpec(spec),
  servers: 2,
  clients: [
    { name: "ann-phone", zone: "phone", claims: { sub: "ann" } },
    { name: "ann-kiosk", zone: "kiosk", claims: { sub: "ann" } },
    { name: "ben-phone", zone: "phone", claims: { sub: "ben" } },
    { name: "ben-console", zone: "console", claims: { sub: "ben" } },
  ],
  workload: act,
  acts: 60,
  checkers: [derivedCurrent(
    new Map<string, Expectation>([
      ["/phone/at_db", mine],
      ["/phone/at_region", mine],
      ["/phone/sum", (world) => 121 * live(world)],
    ]),
  )],
};
