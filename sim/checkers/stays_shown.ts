/**
 * What is accepted stays shown: when its author hears of it, its view has the
 * write, or what has come of it since. Rows come with the answer; where they do
 * not, the write goes on to show.
 *
 * @module
 */

import { shownAs } from "../../shared/node/client/view.ts";
import { ELSEWHERE, type SourceVar } from "../../shared/spec/app.ts";
import type { Checker } from "../checker.ts";
import type { Client } from "../client.ts";
import type { EffectOnRow } from "../../shared/node/read_effects.ts";
import type { Entry } from "../ledger.ts";
import { textOf } from "../text_of.ts";
import { Violation } from "../violation.ts";

const NAME = "what is accepted stays shown";

/** Nobody sees an own write vanish because it arrived. */
export const staysShown: Checker = {
  name: NAME,
  watch: ({ world, ledger }) => ({
    step({ name, outcome: { after } }) {
      const client = world.clients.get(name);
      if (!client?.host.state) return;
      for (const output of after) {
        if (output.type !== "settled" || output.level !== "db") continue;
        const { actor, n, fault, seq } = output;
        const entry = ledger.entries.findLast(({ ids }) =>
          ids.at(-1) === `${actor}.${n}`
        );
        // An event's rows are made elsewhere, and what changed nothing has none.
        if (fault || !seq || !entry || entry.isEvent) continue;
        checkShown(client, entry);
      }
    },
  }),
};

function checkShown(client: Client, entry: Entry): void {
  const missing = entry.versions.map((effects) => missingOf(client, effects));
  // A copy of the store may have sent it with other stamps: one of them counts.
  if (missing.some((one) => one === null)) return;
  const id = entry.ids.at(-1);
  throw new Violation(NAME, `${client.name}: ${id} ${missing.at(-1)}`);
}

/** What a view lacks of what a write does, in words. */
function missingOf(
  client: Client,
  effects: readonly EffectOnRow[],
): string | null {
  const { state, rows } = client.host;
  for (const { variable, key, change, dot } of effects) {
    for (const { path, crdt } of shownAs(state!, variable.path)) {
      const row = state!.tables.get(path)?.get(key);
      // Nobody looks, or it was removed since: tombstones do not travel in whole pages.
      if (row === undefined || !rows.get(path, key)) continue;
      const due: unknown = crdt.apply(row, change, dot);
      if (due === row || !maySee(client, variable, key, due)) continue;
      const [found, wanted] = [row, due].map((one) => textOf(one));
      return `at ${path} ${key}: shows ${found}, and made it ${wanted}`;
    }
  }
  return null;
}

/** Whether an author may see what it has made. */
function maySee(
  { claims }: Client,
  { crdt, using }: SourceVar,
  key: string,
  row: unknown,
): boolean {
  if (!using || using === ELSEWHERE) return false;
  const value = crdt.isLive(row) ? crdt.valueOf(row) : undefined;
  try {
    return using({ claims, signature: "" }, key, value) === true;
  } catch {
    return false;
  }
}
