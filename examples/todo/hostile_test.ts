/// <reference lib="deno.ns" />
/**
 * The to-do app under everything that can go wrong: links that are cut, nodes
 * that crash, clocks that jump, stores that lose what they had, a client that
 * means harm. What users do and what must hold stands in `sim.ts`, which
 * `deno task sim --app examples/todo` runs too.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { simulate } from "@zonekit/sim";
import app from "./app.ts";
import simulation from "./sim.ts";

Deno.test("to-dos stay whole and their users' own, whatever goes wrong", () => {
  const report = simulate(app, { ...simulation, seeds: 40 });
  // The trace says what happened, and in how few steps.
  assertEquals(report.failure, null, report.failure?.trace);
});

Deno.test("a mistake in the rules is found, and shown in a few events", () => {
  const { todos } = app.zones.db;
  const access = { ...todos.access, using: () => true };
  const leaky: typeof app = {
    ...app,
    zones: {
      ...app.zones,
      db: { ...app.zones.db, todos: { ...todos, access } },
      client: {
        ...app.zones.client,
        todos: {
          replica_of: "/db/todos",
          scope: () => [{ prefix: "ann/" }, { prefix: "ben/" }],
        },
      },
    },
  };
  const { failure } = simulate(leaky, { ...simulation, seeds: 3 });
  assert(failure !== null);
  assertEquals(failure.invariant, "nobody holds another's to-dos");
  // One user writes; another one's device has it.
  assertEquals(failure.history.happenings.length, 1, failure.trace);
  assertStringIncludes(failure.trace, "writes /db/todos");
  const again = simulate(leaky, { ...simulation, history: failure.history });
  assertEquals(again.failure?.message, failure.message);
});
