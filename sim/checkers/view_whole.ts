/**
 * The view is the base and the outbox: what an app sees is, after every step,
 * what the master has told of and then the unanswered writes, in order. The
 * oracle folds all of it anew; the client does not.
 *
 * @module
 */

import { encodeRow } from "../../shared/node/row_body.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { compareBytes } from "../../shared/codec/byte_order.ts";
import { initRowsOf, viewRows } from "../../shared/node/client/view.ts";
import type { ReplicaVar } from "../../shared/spec/app.ts";
import type { Client } from "../client.ts";
import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const NAME = "the view is the base and the outbox";

/** Nobody sees what is neither stored nor written. */
export const viewWhole: Checker = {
  name: NAME,
  watch: ({ world }) => ({
    step({ name, event, outcome }) {
      const client = world.clients.get(name);
      if (!client || outcome.writes.length === 0 && event.type !== "boot") {
        return;
      }
      checkClient(world, client);
    },
    rest() {
      for (const client of world.clients.values()) checkClient(world, client);
    },
  }),
};

function checkClient(world: World, client: Client): void {
  for (const variable of world.app.zones.get(client.zone)!.vars) {
    if (variable.kind === "replica") checkReplica(client, variable);
  }
}

function checkReplica(client: Client, replica: ReplicaVar): void {
  const { crdt, path } = replica;
  const wanted = foldedAnew(client, replica);
  const { state, rows } = client.host;
  for (const [key, row] of viewRows(state!, rows, replica).entries()) {
    const want = wanted.get(key);
    const isSame = want !== undefined &&
      compareBytes(encodeRow(crdt, row), encodeRow(crdt, want)) === 0;
    if (!isSame) fail(client, path, key, row, want);
    wanted.delete(key);
  }
  for (const [key, row] of wanted) fail(client, path, key, undefined, row);
}

/** All rows of a replica, as one gets them by doing everything again. */
function foldedAnew(
  { host: { state, rows } }: Client,
  replica: ReplicaVar,
): Map<string, unknown> {
  const { crdt, path, of } = replica;
  const folded = new Map<string, unknown>(initRowsOf(state!, replica));
  for (const { key, body } of rows.range(path, WHOLE)) {
    folded.set(key, decodeRow(crdt, body));
  }
  for (const pending of state!.outbox.all()) {
    for (const { variable, key, row } of pending.rows) {
      if (variable.path !== of) continue;
      folded.set(key, crdt.join(folded.get(key), row));
    }
  }
  return folded;
}

function fail(
  { name }: Client,
  path: string,
  key: string,
  found: unknown,
  wanted: unknown,
): never {
  const [shown, due] = [found, wanted].map((row) => JSON.stringify(row));
  throw new Violation(NAME, `${name} ${path} ${key} is ${shown}, want ${due}`);
}
