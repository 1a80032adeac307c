import { assertEquals, assertThrows } from "@std/assert";
import { crdtTypes } from "../../shared/crdt/registry.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { SpecError } from "../../shared/spec/spec_error.ts";
import * as trusted from "../../shared/spec/trusted.ts";
import todo from "../../examples/todo/app.ts";
import { app as notes } from "../client/notes_app.ts";
import fixture from "../deploy/fixture/app.ts";
import hostile from "../hostile/fixture/app.ts";
import canaries from "../limits/fixture/app.ts";
import { todo as sourceTodo } from "../../sim/scenarios/source_todo.ts";

const SPECS: Record<string, AppSpec> = {
  canaries,
  fixture,
  hostile,
  notes,
  sourceTodo,
  todo,
};

for (const [name, spec] of Object.entries(SPECS)) {
  Deno.test(`trusted.parseAppSpec gives what the parser gives of ${name}`, () => {
    const parsed = parseAppSpec(spec);
    const facts = JSON.parse(JSON.stringify(trusted.factsOf(parsed)));
    trusted.trustSpec(spec, facts, [...crdtTypes.values()]);
    const app = trusted.parseAppSpec(spec);
    assertEquals(app, parsed);
    assertEquals([...app.vars.keys()], [...parsed.vars.keys()]);
  });
}

Deno.test("trusted.parseAppSpec refuses a spec that no build has parsed", () => {
  const other = { ...todo };
  trusted.assertAppSpec(other);
  assertThrows(() => trusted.parseAppSpec(other), SpecError, "app.ts");
});
