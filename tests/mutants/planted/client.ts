/**
 * Bugs to plant in clients.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const CLIENT: readonly Plant[] = [
  {
    name: "what was sent on an older link counts as sent",
    file: "shared/node/client/link_step.ts",
    find: "    link.pushed.clear();\n",
    put: "",
  },
  {
    name: "a new link counts on from the old one",
    file: "shared/node/client/link_step.ts",
    find: "    link.received = 0;\n",
    put: "",
  },
  {
    name: "verdicts count as seen before they are",
    file: "shared/node/client/link_step.ts",
    find: "const seenThrough = seen.get(actor) ?? n - 1;",
    put: "const seenThrough = n - 1;",
  },
  {
    name: "an answer is awaited for ever",
    file: "shared/node/client/link_step.ts",
    find: "if (isDue(answerAtMs(link), now)) return this.fail();",
    put: "",
  },
  {
    name: "an idle client never asks",
    file: "shared/node/client/link_step.ts",
    find: "if (isDue(checkAtMs(link), now)) this.#check();",
    put: "",
  },
  {
    name: "a lost message is not missed",
    file: "shared/node/client/receive.ts",
    find: "if (live.number > link.received + 1) return step.link.hello();",
    put: "",
  },
  {
    name: "an answered write stays in the outbox",
    file: "shared/node/client/receive.ts",
    find: "    accept(step, pending);\n",
    put: "",
  },
  {
    name: "what shows is not told that a write was answered",
    file: "shared/node/client/answered.ts",
    find: "    work.noteRows(pending.effects);\n",
    put: "",
  },
  {
    name: "an answered write stays in the store",
    file: "shared/node/client/answered.ts",
    find: "work.draft.remove(OUTBOX_PATH, key);",
    put: "",
  },
  {
    name: "a refused write is dropped in silence",
    file: "shared/node/client/answered.ts",
    find: "work.draft.put(REJECTED_PATH, key, 0, encodeRejected(rejected));",
    put: "",
    alone: true,
  },
  {
    name: "the outbox is not taken up at the start",
    file: "shared/node/client/restore.ts",
    find: "takeUp(work, draft.range(OUTBOX_PATH, WHOLE));",
    put: "",
  },
  {
    name: "only the first of the outbox is taken up",
    file: "shared/node/client/restore.ts",
    find: "  for (const { key, body } of rows) {",
    put: "  for (const { key, body } of rows.slice(0, 1)) {",
  },
  {
    name: "a device forgets what is alive when it is old",
    file: "shared/node/client/restore.ts",
    find: "!crdt.isLive(decodeRow(crdt, body))",
    put: "body.length > 0",
    scenario: "seasons",
  },
  {
    name: "two writes have one number",
    file: "shared/node/client/client_step.ts",
    find: "    author.nextN++;\n",
    put: "",
  },
  {
    name: "a write waits for the next message to leave",
    file: "shared/node/client/client_step.ts",
    find: "    if (link.greeted) this.link.push();\n",
    put: "",
  },
  {
    name: "stamps are moved past now",
    file: "shared/node/client/pending.ts",
    find: "Math.min(latest, timestamp + delta)",
    put: "timestamp + delta",
  },
  {
    name: "a snapshot of a var is not brought up to date",
    file: "shared/node/client/view.ts",
    find: "else state.tables.set(path, table.withAll(next));",
    put: "",
  },
  {
    name: "the view leaves the outbox out",
    file: "shared/node/client/view.ts",
    find: "row = crdt.apply(row, change, dot);",
    put: "",
  },
  {
    name: "a client does not compute again what has changed",
    file: "shared/node/client/compute.ts",
    find: "if (computed && !isStale(computed.log, changed)) continue;",
    put: "if (computed) continue;",
  },
  {
    name: "a write taken out of the outbox still shows",
    file: "shared/node/client/outbox.ts",
    find:
      "    if (!this.#pending.delete(pending.key)) return;\n    this.#forget(pending);",
    put: "    if (!this.#pending.delete(pending.key)) return;",
  },
  {
    name: "a write does not show before it is answered",
    file: "shared/node/client/client_step.ts",
    find: "    this.noteRows(effects);\n",
    put: "",
  },
  {
    name: "an idle client asks every second",
    file: "shared/node/client/link_times.ts",
    find: "link.checkedMs + CHECK_MS : null",
    put: "link.checkedMs + 1_000 : null",
    alone: true,
  },
  {
    name: "another tab's write shows when something else touches its rows",
    file: "shared/node/client/restore.ts",
    find: "    work.noteRows(pending.effects);\n    work.statusChanged = true;",
    put: "    work.statusChanged = true;",
    alone: true,
  },
  {
    name: "a refused write of another tab shows until its rows are touched",
    file: "shared/node/client/others.ts",
    find: "      work.noteRows(effects);\n",
    put: "",
  },
  {
    name: "writes of several tabs go by their stamps alone",
    file: "shared/node/client/causal_order.ts",
    find: "for (const [other, n] of one.seen) placeThrough(other, n);",
    put: "",
    scenario: "tabs",
  },
  {
    name: "an accepted write goes before its rows are here",
    file: "shared/node/client/receive.ts",
    find: "if (lacking(step.state).length === 0) forget(step, accepted);",
    put: "forget(step, accepted);",
    scenario: "tabs",
    alone: true,
  },
  {
    name: "what took out an answered addition goes before that",
    file: "shared/node/client/others.ts",
    find: "else for (const path of paths) shown.add(path);",
    put: "",
    scenario: "tabs",
  },
  {
    name: "a removal of what is not here is a row",
    file: "shared/node/client/view.ts",
    find: "if (row !== undefined) all.set(key, row);",
    put: "all.set(key, row);",
    scenario: "tabs",
  },
];
