/**
 * Making refused writes again, as new ones of whoever asks for it: a write and
 * all that were withdrawn with it, because they need what it makes.
 *
 * @module
 */

import type { Authored } from "../../protocol/authored.ts";
import { FaultError, refuse } from "../../protocol/fault_error.ts";
import type { App } from "../../spec/app.ts";
import { decodeAuthored, lastBefore, numberOf } from "../read_effects.ts";
import { depends } from "./answered.ts";
import type { ClientWork } from "./client_work.ts";
import { makePending, type Pending, renumber } from "./pending.ts";
import { renaming } from "./renaming.ts";
import type { Rejected } from "./state.ts";
import { REJECTED_PATH, rejectedIn } from "./stored.ts";

/**
 * Takes a refused write off the list, and what needs it; returns what to write.
 * Throws `FaultError`, before anything is changed, where the spec no longer fits,
 * or another write has to come first.
 */
export function again(work: ClientWork, rejected: Rejected): Authored[] {
  const { state: { app, author, clock }, draft } = work;
  if (rejected.fault.code === "dependent") {
    refuse("dependent", "write", "what it needs is refused", "that retried");
  }
  const chain = [asPending(app, rejected)];
  for (const other of rejectedIn(draft)) {
    const pending = other.fault.code === "dependent" && readable(app, other);
    if (pending && chain.some((earlier) => depends(pending, earlier))) {
      chain.push(pending);
    }
  }
  const to = { actor: author.actor, now: () => clock.now() };
  const rename = renaming(to, (dot) => lastBefore(numberOf(dot)));
  let last = clock.now();
  return chain.map((old, i) => {
    draft.remove(REJECTED_PATH, old.key);
    const move = { deltaMs: 0, after: last, nowMs: Infinity };
    const n = author.nextN + i;
    const made = renumber(app, old, author.actor, n, move, rename);
    last = made.stamp;
    return decodeAuthored(made.authored);
  });
}

function asPending(app: App, { actor, n, authored }: Rejected): Pending {
  return makePending(app, actor, n, decodeAuthored(authored), true);
}

/** A refused write, if the spec still fits it. */
function readable(app: App, rejected: Rejected): Pending | null {
  try {
    return asPending(app, rejected);
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
