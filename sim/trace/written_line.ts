/**
 * What a step wrote for the app, in one line a row.
 *
 * @module
 */

import type { ClientOutcome } from "../../shared/node/client/step.ts";
import type { MasterEvent } from "../../shared/node/master/step.ts";
import { decodeAuthored } from "../../shared/node/read_effects.ts";
import { decodeChange, decodeRow } from "../../shared/node/row_body.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import type { Var } from "../../shared/spec/app.ts";
import type { Stepped, World } from "../world.ts";

/** The rows that a client or an operator wrote in a step; none for any other step. */
export function writtenLines(world: World, stepped: Stepped): string[] {
  const { event } = stepped;
  if (event.type === "operate") {
    const { write } = event as Extract<MasterEvent, { type: "operate" }>;
    return authoredLines(world, write)
      .map((line) => `an operator writes ${line}`);
  }
  if (event.type !== "write" && event.type !== "dispatch") return [];
  return [...clientLines(world, stepped), ...privateLines(world, stepped)];
}

function clientLines(world: World, { name, outcome }: Stepped): string[] {
  const { written } = outcome as ClientOutcome;
  if (!written) return [];
  const { outbox } = world.clients.get(name)!.host.state!;
  const pending = outbox.get(written.actor, written.n);
  if (!pending) return [];
  const id = `${written.actor}.${written.n}`;
  return authoredLines(world, pending)
    .map((line) => `${id} writes ${line}`);
}

/** What never leaves the client is among the rows that it stores. */
function privateLines(world: World, { name, outcome }: Stepped): string[] {
  return outcome.writes.flatMap(({ path, key, body }) => {
    const variable = world.app.vars.get(path);
    if (variable?.kind !== "source" || body === null) return [];
    const row: unknown = decodeRow(variable.crdt, body);
    return [`${name} keeps ${rowLine(variable, key, row)}`];
  });
}

function authoredLines(
  world: World,
  { actor, authored }: Pick<PushedWrite, "actor" | "authored">,
): string[] {
  const made = decodeAuthored(authored);
  if (made.kind === "event") {
    return [`event ${made.path} with ${JSON.stringify(made.payload)}`];
  }
  return made.effects.flatMap(({ path, rows }) => {
    const variable = world.app.vars.get(path);
    return rows.map(({ key, body }) => {
      if (!variable) return `${path} ${key}`;
      return rowLine(variable, key, decodeChange(variable.crdt, body, actor));
    });
  });
}

function rowLine({ path, crdt }: Var, key: string, row: unknown): string {
  const value = crdt.isLive(row) ? JSON.stringify(crdt.valueOf(row)) : "gone";
  return `${path} ${key} = ${value}`.replace("  ", " ");
}
