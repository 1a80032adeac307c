/**
 * `simulate`: seeds, an app's own promises, and what is said of a broken one.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertGreater,
  assertNotEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { type LWWMap, SpecError } from "../../shared/mod.ts";
import {
  type Checker,
  drawnHistory,
  FAULTS,
  type Invariant,
  simulate,
  startApp,
  UsageError,
  Violation,
  WorkloadError,
} from "../../sim/mod.ts";
import { todo } from "../../sim/scenarios/source_todo.ts";
import { sharedNotes } from "./shared_notes.ts";
import { treeScenario } from "./tree_scenario.ts";

const few: Invariant = {
  name: "at most two notes",
  always: ({ db }) =>
    db![0]!.state.notes.countKeys() <= 2 ||
    `${db![0]!.state.notes.countKeys()} notes`,
};

for (
  const [name, spec] of [
    ["a tree of six zones", treeScenario.app.spec],
    ["the source's own app", todo],
    ["three zones", sharedNotes],
  ] as const
) {
  Deno.test(`simulate: ${name} keeps the kit's promises under all faults, twice to the same digest`, () => {
    const report = simulate(spec, { seeds: 5 });
    assertEquals(report.failure, null, report.failure?.trace);
    assertEquals([report.seeds, report.violations], [5, 0]);
    assertGreater(report.events, 500);
    assertEquals(simulate(spec, { seeds: 5 }).digest, report.digest);
    const others = simulate(spec, { seeds: 5, seed: 5 });
    assertNotEquals(others.digest, report.digest);
  });
}

Deno.test("simulate: of a started app it takes the spec", () => {
  const options = { seeds: 2, faults: [] };
  assertEquals(
    simulate(startApp(sharedNotes), options).digest,
    simulate(sharedNotes, options).digest,
  );
});

Deno.test("simulate: what cannot hold is found, shrunk, explained, and found again", () => {
  const simulation = { seeds: 3, invariants: [few] };
  const { failure, violations } = simulate(sharedNotes, simulation);
  assert(failure !== null);
  assertEquals([failure.invariant, violations], [few.name, 3]);
  assertEquals(failure.message, "at most two notes: 3 notes");
  // Three writes of three keys, and nothing else.
  assertEquals(failure.history.happenings.length, 3, failure.trace);
  assertStringIncludes(failure.trace, "broken: at most two notes");
  assertStringIncludes(failure.trace, "writes /db/notes");
  const { history } = failure;
  const again = simulate(sharedNotes, { ...simulation, history });
  assertEquals(again.failure?.message, failure.message);
  assertStringIncludes(failure.replay, `seed: ${failure.seed}, seeds: 1`);
  const bySeed = { ...simulation, seed: failure.seed, seeds: 1 };
  assertEquals(simulate(sharedNotes, bySeed).failure?.trace, failure.trace);
});

Deno.test("simulate: a finally is asked at rest, when all agree", () => {
  const agreed: Invariant = {
    name: "all have the same notes",
    finally: ({ db, client }) =>
      client!.every(({ state }) =>
        state.notes.countKeys() === db![0]!.state.notes.countKeys()
      ) || "they differ",
  };
  const always: Invariant = { name: agreed.name, always: agreed.finally! };
  const kept = simulate(sharedNotes, { seeds: 3, invariants: [agreed] });
  assertEquals(kept.failure, null, kept.failure?.trace);
  const early = simulate(sharedNotes, { seeds: 3, invariants: [always] });
  assertEquals(early.failure?.invariant, agreed.name);
});

Deno.test("simulate: an invariant that throws is broken, and says what it threw", () => {
  const { failure } = simulate(sharedNotes, {
    seeds: 1,
    shrinkRuns: 20,
    invariants: [{
      name: "thrown",
      always() {
        throw new TypeError("not so");
      },
    }],
  });
  assertEquals(failure?.message, "thrown: TypeError: not so");
});

Deno.test("simulate: a checker watches every step", () => {
  let steps = 0;
  const name = "no more than 40 steps";
  const checker: Checker = {
    name,
    watch() {
      let left = 40;
      return {
        step() {
          steps++;
          if (left-- === 0) throw new Violation(name, "more");
        },
      };
    },
  };
  const { failure } = simulate(sharedNotes, {
    seeds: 1,
    shrinkRuns: 0,
    invariants: [checker],
  });
  assertEquals(failure?.message, `${name}: more`);
  // Once as it is, and once for the trace.
  assertEquals(steps, 2 * 41);
});

Deno.test("simulate: a workload acts as clients and as an operator, and sees all nodes", () => {
  const seen = new Set<string>();
  const report = simulate(todo, {
    seeds: 2,
    acts: 20,
    workload({ client, random, nodes, operate, anything }) {
      seen.add(client.name);
      const user: string = client.claims.user_id;
      if (random.chance(0.5)) return anything();
      operate(
        "/db/all_todos",
        (all: LWWMap<string[]>) => all.setValueForKey(user, [user]),
      );
      assertEquals(nodes.db![0]!.state.all_todos.getValueForKey(user), [user]);
    },
    invariants: [{
      name: "what is given is a user's own",
      finally: ({ client }) =>
        client!.every(({ state, claims }) => {
          const [first = claims.user_id] = state.my_todos.getValue();
          return first === claims.user_id || /^v\d+$/.test(first);
        }) || "another's",
    }],
  });
  assertEquals(report.failure, null, report.failure?.trace);
  assertGreater(seen.size, 1);
});

Deno.test("simulate: which faults strike is the caller's choice", () => {
  const kinds = (faults: readonly string[]) =>
    new Set(
      Array.from({ length: 20 }, (_, seed) =>
        drawnHistory(sharedNotes, seed, { faults }).happenings)
        .flat().map(({ kind }) =>
          kind
        ),
    );
  assertEquals(kinds([]), new Set(["act"]));
  assertEquals(kinds(["partition"]), new Set(["act", "partition"]));
  assertGreater(kinds(FAULTS.map(({ name }) => name)).size, 10);
});

Deno.test("simulate: what is wrong with a call is said in one line, by a typed error", () => {
  const wrong: [string, string, () => void][] = [
    [
      "unknown-fault",
      "faults",
      () => simulate(sharedNotes, { faults: ["earthquake"] }),
    ],
    ["bad-option", "seeds", () => simulate(sharedNotes, { seeds: 0 })],
    ["bad-option", "seed", () => simulate(sharedNotes, { seed: -1 })],
    ["bad-option", "servers", () => simulate(sharedNotes, { servers: 0 })],
    ["bad-option", "acts", () => simulate(sharedNotes, { acts: 0.5 })],
    ["bad-option", "clients", () => simulate(sharedNotes, { clients: [] })],
    [
      "unknown-zone",
      "clients[0].zone",
      () =>
        simulate(sharedNotes, {
          clients: [{ name: "a", zone: "attic", claims: {} }],
        }),
    ],
    [
      "taken-id",
      "clients[1].name",
      () => {
        const twice = { name: "a", zone: "client", claims: {} };
        simulate(sharedNotes, { clients: [twice, twice] });
      },
    ],
  ];
  for (const [code, path, call] of wrong) {
    const error = assertThrows(call, UsageError);
    assertEquals([error.code, error.path], [code, path]);
    assertEquals(error.message.includes("\n"), false);
  }
  const named = assertThrows(wrong[0]![2], UsageError);
  assertStringIncludes(named.wanted, "partition");
  assertThrows(() => simulate({ zones: {}, channels: [] }), SpecError);
});

Deno.test("simulate: a workload that throws is its author's mistake", () => {
  const error = assertThrows(
    () =>
      simulate(sharedNotes, {
        seeds: 1,
        workload: ({ client }) => client.mutate("/client/nothing", () => null),
      }),
    WorkloadError,
  );
  assertStringIncludes(error.message, "unknown-path");
});
