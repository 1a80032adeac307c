/**
 * Every write is answered: what a device has written is accepted or refused in
 * the end, and what is refused stands in its list, where the app can show it.
 * Nothing is dropped in silence, and nothing honest is refused for its form.
 *
 * @module
 */

import { pendingKey } from "../../shared/node/client/pending.ts";
import { REJECTED_PATH } from "../../shared/node/client/stored.ts";
import type { Code } from "../../shared/protocol/codes.ts";
import type { Checker, Watch, Watched } from "../checker.ts";
import type { Entry } from "../ledger.ts";
import { Violation } from "../violation.ts";
import type { Stepped } from "../world.ts";

const NAME = "every write is answered";

/** What only somebody's mistake can earn, or somebody's malice. */
const OF_FORM: ReadonlySet<Code> = new Set([
  "malformed",
  "gap",
  "actor-forked",
  "answered",
  "forged-writer",
  "clock-skew",
  "unknown-path",
  "wrong-type",
  "bad-value",
  "computation-failed",
]);

/** Nobody waits for an answer in vain. */
export const answered: Checker = { name: NAME, watch };

function watch({ world, ledger }: Watched): Watch {
  // Whoever takes another's actor first is its owner: then an honest one is refused.
  let isHostile = false;
  const fail = (entry: Entry, what: string) => {
    const id = `${entry.ids.at(-1)} of ${entry.client}`;
    throw new Violation(NAME, `${id} ${what}`);
  };
  return {
    step(stepped) {
      const { event } = stepped;
      if (event.type === "joined" && "socket" in event) {
        const name = `${event.socket}`.split("#")[0]!;
        isHostile ||= !world.clients.has(name);
      }
      if (world.clients.has(stepped.name)) expectListed(stepped);
    },
    rest() {
      for (const entry of ledger.entries) {
        const code = entry.answer?.fault?.code;
        if (code && OF_FORM.has(code) && !isHostile) {
          fail(entry, `was refused as ${code}`);
        }
        // Of what was written before a crash, the device may have been told before it.
        // So may have been a tab that was closed.
        const client = world.clients.get(entry.client);
        const isCopied = world.clients.has(`${entry.client}'`);
        if (isCopied || client?.host.life !== entry.life) continue;
        if (entry.answer === null) fail(entry, "has no answer");
      }
    },
  };
}

function expectListed({ name, outcome }: Stepped): void {
  for (const output of outcome.after) {
    if (output.type !== "settled" || output.fault === null) continue;
    const key = pendingKey(output.actor, output.n);
    const isListed = outcome.writes.some((write) =>
      write.path === REJECTED_PATH && write.key === key && write.body !== null
    );
    if (isListed) continue;
    throw new Violation(NAME, `${name} does not list ${key} as refused`);
  }
}
