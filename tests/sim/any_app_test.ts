/**
 * The workload for any app: it reaches all that can be written, and asks for
 * nothing that an app has not said.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { AppSpec } from "../../shared/mod.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { drawHistory } from "../../sim/draw_history.ts";
import { runHistory } from "../../sim/run_history.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { SCENARIOS } from "../../sim/scenarios/scenarios.ts";
import { traceRun } from "../../sim/trace/trace_run.ts";
import { anyAppScenario } from "../../sim/workloads/any_app.ts";

const everyone = { using: () => true, withCheck: () => true };

const spec: AppSpec = {
  zones: {
    db: {
      map: {
        crdtType: "LWWMap",
        valueType: "number",
        init: () => new Map([["shown", 7]]),
        access: everyone,
      },
      register: {
        crdtType: "LWWRegister",
        valueType: "boolean",
        init: () => false,
        access: everyone,
      },
      set: {
        crdtType: "GSet",
        valueType: "string",
        init: () => new Set(),
        access: everyone,
      },
      operated: {
        crdtType: "LWWMap",
        valueType: "object",
        init: () => new Map(),
        access: { using: () => true },
      },
      unseen: {
        crdtType: "LWWRegister",
        valueType: "array",
        init: () => [],
      },
    },
    phone: {
      map: { replica_of: "/db/map" },
      register: { replica_of: "/db/register" },
      draft: { crdtType: "LWWRegister", valueType: "string", init: () => "" },
    },
    desk: {
      set: { replica_of: "/db/set" },
      operated: { replica_of: "/db/operated" },
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "phone" },
    { type: "websocket", fromZone: "db", toZone: "desk" },
  ],
};

/** Which vars were written over some fair seeds, by how. */
function written(scenario: Scenario, seeds: number): Set<string> {
  const found = new Set<string>();
  for (let seed = 0; seed < seeds; seed++) {
    const traced = traceRun(scenario, drawHistory(scenario, seed, []));
    assertEquals(traced.run.violation?.message, undefined, `seed ${seed}`);
    for (const line of [...traced.written.values()].flat()) {
      const [, how, path] = /(operator writes|writes|keeps) (\S+)/.exec(line)!;
      found.add(`${how} ${path}`);
    }
  }
  return found;
}

Deno.test("anyAppScenario writes every var that a client can, and operators the others", () => {
  const found = written(anyAppScenario("any", parseAppSpec(spec)), 3);
  // Clients try what only operators may, and are refused.
  assertEquals([...found].sort(), [
    "keeps /phone/draft",
    "operator writes /db/operated",
    "operator writes /db/unseen",
    "writes /db/map",
    "writes /db/operated",
    "writes /db/register",
    "writes /db/set",
  ]);
});

Deno.test("anyAppScenario never asks for a value that a schema refuses", () => {
  const refusesAll = {
    "~standard": {
      version: 1 as const,
      vendor: "test",
      validate: () => ({ issues: [{ message: "no" }] }),
    },
  };
  const { zones, channels } = spec;
  const set = { ...zones.db!.set, value: refusesAll } as AppSpec["zones"][
    string
  ][string];
  const strict = { zones: { ...zones, db: { ...zones.db, set } }, channels };
  const found = written(anyAppScenario("any", parseAppSpec(strict)), 2);
  assertEquals([...found].filter((line) => line.endsWith("/set")), []);
});

for (const scenario of SCENARIOS.values()) {
  Deno.test(`the scenario ${scenario.name} keeps every promise where nothing goes wrong`, () => {
    const run = runHistory(scenario, drawHistory(scenario, 1, []));
    assertEquals(run.violation?.message, undefined);
  });
}
