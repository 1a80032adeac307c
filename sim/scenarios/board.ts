/**
 * A board that everybody pins notes to: who sees one, its text decides, so that
 * notes come and go with what is written. Beside it a set, a register, rows of
 * `init`, a narrower replica of the same var, and a map that is computed.
 *
 * @module
 */

import type { GSet } from "../../shared/crdt/gset.ts";
import type { LWWMap } from "../../shared/crdt/lww_map.ts";
import type { LWWRegister } from "../../shared/crdt/lww_register.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { AppSpec, Session } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import {
  derivedCurrent,
  type Expectation,
} from "../checkers/derived_current.ts";
import { rulesKept } from "../checkers/rules_kept.ts";
import type { Client } from "../client.ts";
import type { Moment, Scenario } from "../scenario.ts";
import type { World } from "../world.ts";

const everyone = { using: () => true, withCheck: () => true };
const BOOM = "boom";

/** A note says whom it is to; a removal is to all. */
function isTo(session: Session, value: string | undefined): boolean {
  return value === undefined || value.startsWith("all:") ||
    value.startsWith(`${session.claims.sub}:`);
}

const spec: AppSpec = {
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map([["first", "all: welcome"], ["rules", "all: be"]]),
        access: {
          using: (session, key, value) => {
            if (key === BOOM) throw new Error("this rule is broken");
            return isTo(session, value as string | undefined);
          },
          withCheck: (_session, effect) => {
            if (effect.value === BOOM) throw new Error("this rule is broken");
            return true;
          },
        },
      },
      tags: {
        crdtType: "GSet",
        valueType: "string",
        init: () => new Set(["init"]),
        access: everyone,
      },
      title: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "untitled",
        access: everyone,
      },
      size: (node, event) => ({
        nodeId: event.nodeId,
        path: "/server/notes_count",
        msg: {
          nodeId: node.id,
          timestamp: node.getTimestamp(),
          value: node.state.notes.countKeys(),
        },
      }),
    },
    server: {
      notes_count: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/db/size",
        depends_on: ["/db/notes"],
      },
      list: (node, event) => {
        const timestamp = node.getTimestamp();
        const all: Map<string, string> = node.state.notes.getValue();
        return {
          nodeId: event.nodeId,
          path: "/client/index",
          msg: new Map(
            [...all].filter(([, text]) => isTo(event.session, text))
              .map((
                [key, value],
              ) => [key, { nodeId: node.id, timestamp, value }]),
          ),
        };
      },
      // It reads what its author wrote before.
      stamp: (node, event) => ({
        nodeId: event.nodeId,
        path: "/db/notes",
        msg: new Map([["stamped", {
          nodeId: node.id,
          timestamp: node.getTimestamp(),
          value: `all: ${node.state.title.getValue()}`,
        }]]),
      }),
    },
    client: {
      notes: { replica_of: "/db/notes" },
      own: {
        replica_of: "/db/notes",
        scope: (session) => [{ prefix: `${session.claims.sub}/` }],
      },
      tags: { replica_of: "/db/tags" },
      title: { replica_of: "/db/title" },
      index: {
        crdtType: "LWWMap",
        valueType: "string",
        computer: "/server/list",
        depends_on: ["/db/notes"],
      },
      page: {
        crdtType: "LWWRegister",
        valueType: "array",
        computer: "/client/draw",
        depends_on: [
          "/client/tags",
          "/client/title",
          "/client/index",
          "/server/notes_count",
        ],
      },
      draw: (node, event) => ({
        nodeId: event.nodeId,
        path: "/client/page",
        msg: {
          nodeId: node.id,
          timestamp: node.getTimestamp(),
          value: [
            node.state.tags.getValue().size,
            node.state.title.getValue(),
            node.state.index.countKeys(),
            node.state.notes_count.getValue() ?? 0,
          ],
        },
      }),
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
};

function act({ client, random }: Moment): void {
  const { sub } = client.claims as { sub: string };
  const mark = random.below(2 ** 32).toString(36);
  const whom = random.pick(["all", "all", "ann", "ben"]);
  const key = random.pick([
    `${sub}/${random.below(3)}`,
    "rules",
    BOOM,
    "a",
    "b",
  ]);
  // What init says is public, and so is what replaces it.
  const text = key === "rules" ? `all: ${mark}` : `${whom}: ${mark}`;
  const set = (at: string, value: string | null) =>
    void client.mutate(
      "/client/notes",
      (notes: LWWMap<string>) => notes.setValueForKey(at, value),
    );
  switch (random.below(10)) {
    case 0:
      return set(random.chance(0.3) ? "first" : key, null);
    case 1:
      return void client.mutate(
        "/client/tags",
        (tags: GSet<string>) => tags.add(`tag ${random.below(12)}`),
      );
    case 2:
      return void client.mutate(
        "/client/title",
        (title: LWWRegister<string>) => title.setValue(`title ${mark}`),
      );
    case 3:
      return set(key, BOOM);
    case 4:
      return void client.dispatch("/server/stamp", null);
    case 5:
      return void client.write((tx) => {
        tx.mutate("/client/notes", (notes) => notes.setValueForKey("a", text));
        tx.mutate("/client/notes", (notes) => notes.setValueForKey("b", text));
        tx.mutate("/client/tags", (tags) => tags.add(`tag ${mark}`));
      });
    default:
      return set(key, text);
  }
}

/** What stands on the board, by the master's rows and those of `init`. */
function notesOf(world: World): Map<string, string> {
  const { crdt, initRows } = sourceAt(world, "/db/notes");
  const all = new Map<string, unknown>(initRows);
  for (const { key, body } of world.master.rows.range("/db/notes", WHOLE)) {
    all.set(key, decodeRow(crdt, body));
  }
  return new Map(
    [...all].filter(([, row]) => crdt.isLive(row))
      .map(([key, row]) => [key, crdt.valueOf(row) as string]),
  );
}

function sourceAt(world: World, path: string) {
  const variable = world.app.vars.get(path)!;
  if (variable.kind !== "source") throw new Error(`${path} is no source`);
  return variable;
}

function seenBy(world: World, { claims }: Client): Map<string, string> {
  const session = { claims, signature: "" } as Session;
  return new Map(
    [...notesOf(world)].filter(([, text]) => isTo(session, text)),
  );
}

function pageOf(world: World, client: Client): unknown[] {
  const tags = sourceAt(world, "/db/tags");
  const title = sourceAt(world, "/db/title");
  const stored = world.master.rows.get("/db/title", "");
  const row = stored
    ? decodeRow(title.crdt, stored.body)
    : title.initRows.get("");
  return [
    world.master.rows.count("/db/tags") + tags.initRows.size,
    title.crdt.valueOf(row),
    seenBy(world, client).size,
    notesOf(world).size,
  ];
}

const derived = new Map<string, Expectation>([
  ["/client/index", seenBy],
  ["/client/page", pageOf],
]);

/** The board under everything that can go wrong. */
export const boardScenario: Scenario = {
  name: "board",
  app: parseAppSpec(spec),
  servers: 2,
  clients: [
    { name: "ann-phone", zone: "client", claims: { sub: "ann" } },
    { name: "ann-desk", zone: "client", claims: { sub: "ann" } },
    { name: "ben", zone: "client", claims: { sub: "ben" } },
  ],
  workload: act,
  acts: 60,
  checkers: [
    derivedCurrent(derived),
    rulesKept("/db/notes", ({ value }) => value !== BOOM),
  ],
};

/** The same over months. */
export const boardSeasonsScenario: Scenario = {
  ...boardScenario,
  name: "board-seasons",
  acts: 25,
  pausesDays: [60, 120, 60, 120],
};
