/**
 * A session never goes back: no row of a client's base is replaced by one that
 * the master made earlier, within one history and one store. Whose cursor tells
 * the truth is sent nothing earlier, so it is one promise with that.
 *
 * @module
 */

import type { ClientState } from "../../shared/node/client/state.ts";
import type { Watched } from "../checker.ts";
import type { Client } from "../client.ts";
import { Violation } from "../violation.ts";
import type { Stepped } from "../world.ts";

/** What a client has seen in a history. */
interface Seen {
  readonly epoch: string;
  readonly life: number;
  readonly seqs: Map<string, number>;
}

/** Nobody sees what they saw before: throws in the name of a promise. */
export function watchBack(
  { world }: Watched,
  promise: string,
): (stepped: Stepped) => void {
  const seen = new Map<string, Seen>();
  return (stepped) => {
    const client = world.clients.get(stepped.name);
    const state = client?.host.state;
    if (!client || !state) return;
    const { seqs } = seenBy(seen, client, state);
    for (const { path, key, seq, body } of stepped.outcome.writes) {
      if (state.app.vars.get(path)?.kind !== "replica") continue;
      // Rows of another history are put at seq 0.
      if (body === null || seq === 0) continue;
      const row = `${path} ${key}`;
      const before = seqs.get(row) ?? 0;
      if (seq < before) {
        const what = `${stepped.name} ${row} went from ${before} to ${seq}`;
        throw new Violation(promise, what);
      }
      seqs.set(row, seq);
    }
  };
}

/** What counts ends with a history, and with a memory that was not stored yet. */
function seenBy(
  all: Map<string, Seen>,
  { name, host: { life } }: Client,
  { epoch }: ClientState,
): Seen {
  const known = all.get(name);
  if (known?.epoch === epoch && known.life === life) return known;
  const fresh = { epoch, life, seqs: new Map<string, number>() };
  all.set(name, fresh);
  return fresh;
}
