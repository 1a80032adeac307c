/**
 * The view is the base and the outbox: what an app sees is, after every step,
 * what the master has told of and then the unanswered writes of all tabs. The
 * oracle folds all of it anew; the client does not.
 *
 * @module
 */

import { compareBytes } from "../../shared/codec/byte_order.ts";
import { OUTBOX_PATH, type Pending } from "../../shared/node/client/pending.ts";
import type { ClientState } from "../../shared/node/client/state.ts";
import { initRowsOf } from "../../shared/node/client/view.ts";
import { encodeRow } from "../../shared/node/row_body.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import type { RowView } from "../../shared/ports/rows.ts";
import type { ReplicaVar } from "../../shared/spec/app.ts";
import type { Checker } from "../checker.ts";
import type { Client } from "../client.ts";
import { DecodedRows } from "../decoded_rows.ts";
import { textOf } from "../text_of.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const NAME = "the view is the base and the outbox";
/** A row that shows wrongly does so until it is touched again: now and then is enough. */
const STEPS_BETWEEN = 4;

/** Nobody sees what is neither stored nor written. */
export const viewWhole: Checker = {
  name: NAME,
  watch: ({ world }) => {
    const decoded = new DecodedRows();
    const check = (client: Client) => {
      for (const replica of replicasOf(world, client)) {
        checkReplica(client, replica, decoded);
      }
    };
    let steps = 0;
    return {
      step({ name, outcome: { writes } }) {
        const client = world.clients.get(name);
        if (!client || writes.length === 0) return;
        if (steps++ % STEPS_BETWEEN === 0) check(client);
      },
      rest: () => world.clients.forEach(check),
    };
  },
};

function replicasOf({ app }: World, { zone }: Client): ReplicaVar[] {
  return app.zones.get(zone)!.vars.filter((v) => v.kind === "replica");
}

/** Checks what an app has looked at; what it has not is folded when it does. */
function checkReplica(
  client: Client,
  replica: ReplicaVar,
  decoded: DecodedRows,
): void {
  const { path } = replica;
  const table = client.host.state?.tables.get(path);
  if (!table) return;
  const { crdt } = replica;
  let live = 0;
  for (const [key, want] of foldedAnew(client, replica, decoded)) {
    if (crdt.isLive(want)) live++;
    const row = table.get(key);
    if (!isSame(replica, row, want)) fail(client, path, key, row, want);
  }
  if (table.countLive() === live) return;
  const found = `${client.name} ${path} counts ${table.countLive()}`;
  throw new Violation(NAME, `${found} live rows, want ${live}`);
}

function isSame({ crdt }: ReplicaVar, row: unknown, want: unknown): boolean {
  if (row === want) return true;
  if (row === undefined) return false;
  return compareBytes(encodeRow(crdt, row), encodeRow(crdt, want)) === 0;
}

/** All rows of a replica, as one gets them by doing everything again. */
function foldedAnew(
  { host: { state, rows } }: Client,
  replica: ReplicaVar,
  decoded: DecodedRows,
): Map<string, unknown> {
  const { crdt, path, of } = replica;
  const folded = new Map<string, unknown>(initRowsOf(state!, replica));
  for (const { key, body } of rows.range(path, WHOLE)) {
    folded.set(key, decoded.of(replica, body));
  }
  for (const pending of shownIn(state!, rows)) {
    for (const { variable, key, change, dot } of pending.effects) {
      if (variable.path !== of) continue;
      const row: unknown = crdt.apply(folded.get(key), change, dot);
      if (row !== undefined) folded.set(key, row);
    }
  }
  return folded;
}

/** The unanswered writes of all tabs, and answered ones that are still shown. */
function shownIn({ outbox }: ClientState, rows: RowView): Pending[] {
  const stored = rows.range(OUTBOX_PATH, WHOLE)
    .flatMap(({ key }) => outbox.at(key) ?? []);
  const shown = new Set([...outbox.all(), ...stored, ...outbox.leaving]);
  const waiting = [...shown].sort((a, b) =>
    a.stamp - b.stamp || (a.key < b.key ? -1 : 1)
  );
  const placed: Pending[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex((one) =>
      !waiting.some((other) => isBefore(other, one))
    );
    placed.push(...waiting.splice(Math.max(at, 0), 1));
  }
  return placed;
}

/** Whether the author of a write had made another, or seen it. */
function isBefore(other: Pending, { actor, n, seen }: Pending): boolean {
  return other.actor === actor
    ? other.n < n
    : other.n <= (seen.get(other.actor) ?? 0);
}

function fail(
  { name }: Client,
  path: string,
  key: string,
  found: unknown,
  wanted: unknown,
): never {
  const [shown, due] = [found, wanted].map((row) => textOf(row));
  throw new Violation(NAME, `${name} ${path} ${key} is ${shown}, want ${due}`);
}
