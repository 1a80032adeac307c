/**
 * A session never goes back: no row of a client's base is replaced by one that
 * the master made earlier, within one history and one store; and what a client
 * was told is accepted stands in its base, or something later does.
 *
 * @module
 */

import type { ClientState } from "../../shared/node/client/state.ts";
import type { Checker, Watch, Watched } from "../checker.ts";
import type { Client } from "../client.ts";
import { Violation } from "../violation.ts";
import type { Stepped } from "../world.ts";

const NAME = "a session never goes back";

/** Nobody sees what they saw before. */
export const neverBack: Checker = { name: NAME, watch };

/** What a client has seen in a history. */
interface Seen {
  readonly epoch: string;
  readonly life: number;
  readonly seqs: Map<string, number>;
}

function watch({ world }: Watched): Watch {
  const seen = new Map<string, Seen>();
  return {
    step(stepped) {
      const client = world.clients.get(stepped.name);
      const state = client?.host.state;
      if (!client || !state) return;
      const known = seenBy(seen, client, state);
      for (const { path, key, seq, body } of stepped.outcome.writes) {
        if (state.app.vars.get(path)?.kind !== "replica") continue;
        // Rows of another history are put at seq 0.
        if (body !== null && seq > 0) {
          note(stepped, known, `${path} ${key}`, seq);
        }
      }
    },
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

function note({ name }: Stepped, { seqs }: Seen, row: string, seq: number) {
  const before = seqs.get(row) ?? 0;
  if (seq < before) {
    throw new Violation(NAME, `${name} ${row} went from ${before} to ${seq}`);
  }
  seqs.set(row, seq);
}
