/**
 * Several devices of a few users write the fields of to-dos, dispatch events, and
 * now and then try what they may not.
 *
 * @module
 */

import type { LWWMap } from "../../shared/crdt/lww_map.ts";
import type { LWWRegister } from "../../shared/crdt/lww_register.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { AppSpec, Session } from "../../shared/spec/app_spec.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { Checker } from "../checker.ts";
import {
  derivedCurrent,
  type Expectation,
} from "../checkers/derived_current.ts";
import { rulesKept } from "../checkers/rules_kept.ts";
import type { Client } from "../client.ts";
import type { Ledger } from "../ledger.ts";
import type { Moment, Scenario } from "../scenario.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const own = (session: Session) => `${session.claims.sub}/`;

const spec: AppSpec = {
  zones: {
    db: {
      todos: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
        access: {
          using: (session, key) => key.startsWith(own(session)),
          // One rule needs no state, the other what stands there now.
          withCheck: (session, effect, node) =>
            effect.key.startsWith(own(session)) &&
            effect.value !== "refuse me" &&
            (!/^if even/.test(effect.value) ||
              node.state.todos.countKeys() % 2 === 0),
        },
      },
      users: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
        access: {
          using: (session, key) => key === session.claims.sub,
          withCheck: (session, effect) => effect.key === session.claims.sub,
        },
      },
      count_users: (node, event) => ({
        nodeId: event.nodeId,
        path: "/server/user_count",
        msg: {
          nodeId: node.id,
          timestamp: node.getTimestamp(),
          value: node.state.users.countKeys(),
        },
      }),
    },
    server: {
      user_count: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/db/count_users",
        depends_on: ["/db/users"],
      },
      summarize: (node, event) => ({
        nodeId: event.nodeId,
        path: "/client/summary",
        msg: {
          nodeId: node.id,
          timestamp: node.getTimestamp(),
          value: node.state.todos.countKeys(),
        },
      }),
      // A key of its own at every run: an event that ran twice shows.
      append: (node, event) => {
        const timestamp = node.getTimestamp();
        const key = `${own(event.session)}${event.payload}/${timestamp}`;
        return {
          nodeId: event.nodeId,
          path: "/db/todos",
          msg: new Map([[key, { nodeId: node.id, timestamp, value: "event" }]]),
        };
      },
    },
    client: {
      todos: {
        replica_of: "/db/todos",
        scope: (session) => [{ prefix: own(session) }],
      },
      me: {
        replica_of: "/db/users",
        scope: (session) => [{ key: session.claims.sub }],
      },
      draft: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "",
      },
      summary: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/server/summarize",
        depends_on: [{
          path: "/db/todos",
          scope: (session) => [{ prefix: own(session) }],
        }],
      },
      view: {
        crdtType: "LWWRegister",
        valueType: "array",
        computer: "/client/render",
        depends_on: ["/client/todos", "/server/user_count"],
      },
      render: (node, event) => ({
        nodeId: event.nodeId,
        path: "/client/view",
        msg: {
          nodeId: node.id,
          timestamp: node.getTimestamp(),
          value: [
            node.state.todos.countKeys(),
            node.state.user_count.getValue() ?? 0,
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

const KINDS = 12;

/** Does something of the first so many kinds; the very first is to remove. */
function act({ world, client, random }: Moment, kinds = KINDS): void {
  const { sub } = client.claims as { sub: string };
  const key = `${sub}/${random.below(4)}/${random.pick(["text", "done"])}`;
  const mark = random.below(2 ** 32).toString(36);
  const set = (path: string, at: string, value: string | null) =>
    void client.mutate(
      path,
      (map: LWWMap<string>) => map.setValueForKey(at, value),
    );
  switch (random.below(kinds)) {
    case 0:
      return set("/client/todos", key, null);
    case 1:
      return set("/client/me", sub, `name ${mark}`);
    case 2:
      return set("/client/todos", key, "refuse me");
    case 3:
      return set("/client/todos", `x${key}`, "another's");
    case 4:
      return void client.dispatch("/server/append", `e-${mark}`);
    case 5:
      return void client.write((tx) => {
        tx.mutate(
          "/client/todos",
          (map) => map.setValueForKey(key, `both ${mark}`),
        );
        tx.mutate(
          "/client/me",
          (map) => map.setValueForKey(sub, `both ${mark}`),
        );
      });
    case 6:
      return twins(world, client, key, mark);
    case 7:
      return set("/client/todos", key, `if even ${mark}`);
    case 8:
      // All of it is refused for the last of it.
      return void client.write((tx) => {
        for (const [at, value] of [[0, `half ${mark}`], [1, "refuse me"]]) {
          tx.mutate(
            "/client/todos",
            (map) => map.setValueForKey(`${sub}/${at}/half`, `${value}`),
          );
        }
      });
    default:
      set("/client/todos", key, `value ${mark}`);
      // What is typed is kept on the device, for all its tabs.
      if (!client.isOn) return;
      client.mutate(
        "/client/draft",
        (draft: LWWRegister<string>) => draft.setValue(mark),
      );
  }
}

/** All devices of a user write one key at one moment: their stamps may be equal. */
function twins(world: World, { claims }: Client, key: string, mark: string) {
  const { sub } = claims as { sub: string };
  for (const client of world.clients.values()) {
    if ((client.claims as { sub: string }).sub !== sub || !client.isOn) {
      continue;
    }
    client.mutate(
      "/client/todos",
      (map: LWWMap<string>) =>
        map.setValueForKey(key, `${client.name} ${mark}`),
    );
  }
}

function live(world: World, path: string): string[] {
  const { crdt } = world.app.vars.get(path)!;
  return world.master.rows.range(path, WHOLE)
    .filter((row) => crdt.isLive(decodeRow(crdt, row.body)))
    .map((row) => row.key);
}

function countOwn(world: World, client: Client): number {
  const { sub } = client.claims as { sub: string };
  return live(world, "/db/todos").filter((key) => key.startsWith(`${sub}/`))
    .length;
}

/** Every event that was accepted has made one key, and no other has made any. */
const eventsOnce: Checker = {
  name: "events take effect once",
  watch: ({ world, ledger }) => ({ rest: () => checkEvents(world, ledger) }),
};

function checkEvents(world: World, ledger: Ledger): void {
  const fail = (what: string) => {
    throw new Violation(eventsOnce.name, what);
  };
  const made = new Map<string, number>();
  for (const key of live(world, "/db/todos")) {
    const event = /\/(e-\w+)\/\d+$/.exec(key)?.[1];
    if (event) made.set(event, (made.get(event) ?? 0) + 1);
  }
  for (const [event, count] of made) {
    if (count !== 1) fail(`event ${event} took effect ${count} times`);
  }
  const accepted = ledger.entries.filter((entry) =>
    entry.isEvent && entry.answer?.fault === null && !entry.isOld
  );
  if (made.size < accepted.length) {
    fail(`${accepted.length} events accepted, ${made.size} found`);
  }
}

const derived = new Map<string, Expectation>([
  ["/client/summary", countOwn],
  [
    "/client/view",
    (
      world,
      client,
    ) => [countOwn(world, client), live(world, "/db/users").length],
  ],
]);

/** The rule of to-dos once more, as one would say it to a person. */
const todoRules = rulesKept("/db/todos", ({ claims, key, value, live }) => {
  const { sub } = claims as { sub: string };
  const isEven = live % 2 === 0;
  return key.startsWith(`${sub}/`) && value !== "refuse me" &&
    (isEven || !`${value}`.startsWith("if even"));
});

/** The next version has one var more. */
const nextSpec: AppSpec = {
  ...spec,
  zones: {
    ...spec.zones,
    db: {
      ...spec.zones.db,
      tags: { crdtType: "GSet", valueType: "string", init: () => new Set() },
    },
  },
};

/** The to-do app under everything that can go wrong. */
export const todoScenario: Scenario = {
  name: "todo",
  app: parseAppSpec(spec),
  next: parseAppSpec(nextSpec),
  servers: 2,
  clients: [
    { name: "ann-phone", zone: "client", claims: { sub: "ann" } },
    { name: "ann-desk", zone: "client", claims: { sub: "ann" } },
    { name: "ben", zone: "client", claims: { sub: "ben" } },
  ],
  workload: (moment) => act(moment),
  acts: 150,
  checkers: [derivedCurrent(derived), eventsOnce, todoRules],
};

/** The same over most of a year, in bursts: who is away too long has missed what is forgotten. */
export const seasonsScenario: Scenario = {
  ...todoScenario,
  name: "seasons",
  workload: (moment) => act(moment, moment.random.chance(0.3) ? 1 : KINDS),
  acts: 25,
  pausesDays: [60, 120, 60, 120],
};
