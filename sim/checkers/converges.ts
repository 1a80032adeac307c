/**
 * Converges after healing: every outbox has drained, every client sees just the
 * rows of the master that its scope and `using` let it see, and the tabs of one
 * browser have the same in their private vars.
 *
 * @module
 */

import { inRange } from "../../shared/ports/key_range.ts";
import { viewRows } from "../../shared/node/client/view.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import {
  ELSEWHERE,
  type ReplicaVar,
  type SourceVar,
} from "../../shared/spec/app.ts";
import { rangesOf } from "../../shared/spec/scope.ts";
import { encodeValue } from "../../shared/codec/value.ts";
import { hashHex } from "../../shared/codec/hash.ts";
import type { Client } from "../client.ts";
import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const NAME = "converges after healing";

/** All who may see a var agree on it, and nobody has anything left to say. */
export const converges: Checker = {
  name: NAME,
  watch: ({ world }) => ({ rest: () => checkConverged(world) }),
};

/** Checks every client of a world that has come to rest. */
function checkConverged(world: World): void {
  for (const client of world.clients.values()) {
    const state = client.host.state!;
    if (state.outbox.size > 0) {
      throw new Violation(
        NAME,
        `${client.name} has ${state.outbox.size} unanswered writes, ${state.connection}`,
      );
    }
    for (const variable of world.app.zones.get(client.zone)!.vars) {
      if (variable.kind === "replica") checkReplica(world, client, variable);
      if (variable.kind === "source") checkPrivate(world, client, variable);
    }
  }
}

/** The rows of a replica as the rules have it, from the master's own. */
function expectedRows(
  world: World,
  client: Client,
  replica: ReplicaVar,
): Map<string, unknown> {
  const source = world.app.vars.get(replica.of) as SourceVar;
  const { crdt, using } = source;
  const session = { claims: client.claims, signature: "" };
  const { scope } = replica;
  const node = { id: "", zone: "", state: {}, getTimestamp: () => 0 };
  const ranges = scope && scope !== ELSEWHERE
    ? rangesOf(scope(session, node))
    : [WHOLE];
  const expected = new Map<string, unknown>();
  // What no row that one may see stands above, is as `init` has it.
  for (const [key, row] of source.initRows) {
    expected.set(key, crdt.valueOf(row));
  }
  const sees = (key: string, value: unknown) =>
    ranges.some((range) => inRange(range, key)) && using !== undefined &&
    using !== ELSEWHERE && allows(() => using(session, key, value));
  for (const { key, body } of world.master.rows.range(source.path, WHOLE)) {
    const row: unknown = decodeRow(crdt, body);
    const value = crdt.isLive(row) ? crdt.valueOf(row) : undefined;
    if (!sees(key, value)) continue;
    if (crdt.isLive(row)) expected.set(key, value);
    else expected.delete(key);
  }
  return expected;
}

/** What a rule says; one that throws has not allowed it. */
function allows(rule: () => boolean): boolean {
  try {
    return rule();
  } catch {
    return false;
  }
}

/** What is in RAM alone, no other tab has heard of. */
function checkPrivate(world: World, client: Client, { path }: SourceVar): void {
  const tabs = world.tabsOf(client.name);
  if (!tabs.every(({ isStored }) => isStored)) return;
  const [found, wanted] = [client, tabs[0]!].map(({ host }) =>
    host.rows.range(path, WHOLE).map(({ key, body }) => `${key} ${body}`).join()
  );
  if (found === wanted) return;
  const other = tabs[0]!.name;
  throw new Violation(NAME, `${client.name} ${path} is not that of ${other}`);
}

function checkReplica(world: World, client: Client, replica: ReplicaVar): void {
  const { crdt } = replica;
  const expected = expectedRows(world, client, replica);
  const seen = new Map<string, unknown>();
  const { state, rows } = client.host;
  for (const [key, row] of viewRows(state!, rows, replica).entries()) {
    if (crdt.isLive(row)) seen.set(key, crdt.valueOf(row));
  }
  const digest = (rows: Map<string, unknown>) =>
    hashHex(encodeValue([...rows].sort()));
  if (digest(seen) === digest(expected)) return;
  const missing = [...expected].filter(([key, value]) =>
    seen.get(key) !== value
  );
  const extra = [...seen].filter(([key]) => !expected.has(key));
  throw new Violation(
    NAME,
    `${client.name} ${replica.path} lacks ${
      JSON.stringify(missing.slice(0, 3))
    }, has ${JSON.stringify(extra.slice(0, 3))}`,
  );
}
