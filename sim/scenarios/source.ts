/**
 * The source document's own app: all that is written is an operator's and what
 * a client keeps to itself, and everything else is derived.
 *
 * @module
 */

import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { derivedCurrent } from "../checkers/derived_current.ts";
import type { Client } from "../client.ts";
import type { Scenario } from "../scenario.ts";
import type { World } from "../world.ts";
import { anyAppScenario } from "../workloads/any_app.ts";
import { todo } from "./source_todo.ts";

/** What the operator has given a client's user. */
function givenTo(world: World, client: Client): unknown {
  const { user_id } = client.claims as { user_id: string };
  const { crdt } = world.app.vars.get("/db/all_todos")!;
  const row = world.master.rows.range("/db/all_todos", WHOLE)
    .find(({ key }) => key === user_id);
  return row ? crdt.valueOf(decodeRow(crdt, row.body)) ?? [] : [];
}

/** The source document's app under the workload for any app. */
export const sourceScenario: Scenario = {
  ...anyAppScenario("source", parseAppSpec(todo)),
  checkers: [derivedCurrent(new Map([["/client/my_todos", givenTo]]))],
};
