/**
 * A cursor tells the truth: who says that all up to a commit is here holds every
 * row of that commit and before. By cursors links go on after whatever happened,
 * so what one leaves out nobody sends again.
 *
 * @module
 */

import { CURSORS_PATH } from "../../shared/node/client/stored.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { KeyRange, RowView, StoredRow } from "../../shared/ports/rows.ts";
import { ELSEWHERE, type SourceVar, type Var } from "../../shared/spec/app.ts";
import { rangesOf } from "../../shared/spec/scope.ts";
import type { Checker } from "../checker.ts";
import type { Client } from "../client.ts";
import { DecodedRows } from "../decoded_rows.ts";
import type { ServerHost } from "../hosts.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const NAME = "a cursor tells the truth";
/** What somebody lacks they lack until it is written again: now and then is enough. */
const STEPS_BETWEEN = 3;

/** Nobody counts as told what was never sent. */
export const cursors: Checker = {
  name: NAME,
  watch: ({ world }) => {
    const decoded = new DecodedRows();
    let steps = 0;
    return {
      step({ name, outcome: { writes } }) {
        if (writes.length === 0 || steps++ % STEPS_BETWEEN > 0) return;
        const client = world.clients.get(name);
        const isMoved = writes.some(({ path }) => path === CURSORS_PATH);
        if (client && isMoved) checkClient(world, client, decoded);
        const server = world.servers.get(name)?.host;
        if (server) checkServer(world, server);
      },
    };
  },
};

function checkClient(
  world: World,
  { name, claims, host }: Client,
  decoded: DecodedRows,
): void {
  const { state, rows } = host;
  const session = { claims, signature: "" };
  for (const { path, cursor } of state?.wants.values() ?? []) {
    const variable = state!.app.vars.get(path)!;
    if (variable.kind === "derived" || !cursor || cursor.page) continue;
    if (cursor.epoch !== world.master.state?.epoch) continue;
    const source = sourceOf(world, variable);
    for (const range of scopeOf(variable, claims)) {
      const { crdt, using } = source;
      for (const row of world.master.rows.range(source.path, range)) {
        if (row.seq > cursor.seq) continue;
        const held = decoded.of(source, row.body);
        // Who begins with a snapshot is told of no removal.
        if (!crdt.isLive(held) || !using || using === ELSEWHERE) continue;
        const sees = () => using(session, row.key, crdt.valueOf(held));
        if (allows(sees)) expectHeld(name, path, rows, row, cursor.seq);
      }
    }
  }
}

function checkServer(world: World, { name, state, rows }: ServerHost): void {
  if (!state || state.up.epoch !== world.master.state?.epoch) return;
  for (const { path, range, whole } of state.up.held.values()) {
    if (!whole || state.app.vars.get(path)?.kind !== "source") continue;
    for (const row of world.master.rows.range(path, range)) {
      expectHeld(name, path, rows, row, state.up.head);
    }
  }
}

function expectHeld(
  name: string,
  path: string,
  rows: RowView,
  { key, seq }: StoredRow,
  upTo: number,
): void {
  if (seq > upTo) return;
  const held = rows.get(path, key)?.seq ?? -1;
  if (held >= seq) return;
  const found = held < 0 ? "nothing" : `${held}`;
  const seen = `${name} holds ${found} at ${path} ${key}, want ${seq}`;
  throw new Violation(NAME, `${seen} by its cursor ${upTo}`);
}

function sourceOf({ app }: World, variable: Var): SourceVar {
  return variable.kind === "replica"
    ? app.vars.get(variable.of) as SourceVar
    : variable as SourceVar;
}

function scopeOf(variable: Var, claims: unknown): KeyRange[] {
  const scope = variable.kind === "replica" ? variable.scope : null;
  if (!scope || scope === ELSEWHERE) return [WHOLE];
  const node = { id: "", zone: "", state: {}, getTimestamp: () => 0 };
  return rangesOf(scope({ claims: claims as never, signature: "" }, node));
}

function allows(rule: () => boolean): boolean {
  try {
    return rule();
  } catch {
    return false;
  }
}
