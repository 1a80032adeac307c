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
    name: "a client takes cursors of another history on",
    file: "shared/node/client/link_step.ts",
    find: "if (want.cursor?.epoch === welcome.epoch) continue;",
    put: "if (want.cursor) continue;",
  },
  {
    name: "rows of another history keep their seqs",
    file: "shared/node/client/link_step.ts",
    find: "draft.put(path, key, 0, body);",
    put: "draft.get(path, key);",
  },
  {
    name: "a client never corrects its clock",
    file: "shared/node/client/link_step.ts",
    find: "correctClock(this.#step, welcome.timeMs - this.#now);",
    put: "",
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
    name: "a clock that was put back is waited for",
    file: "shared/node/client/link_times.ts",
    find: "if (atMs !== null && atMs > nowMs) link[time] = nowMs;",
    put: "",
  },
  {
    name: "an alarm that rang too early was the last",
    file: "shared/node/client/link_step.ts",
    find: "        this.#state.alarmAtMs = null;\n",
    put: "",
  },
  {
    name: "a lost message is not missed",
    file: "shared/node/client/receive.ts",
    find: "if (live.number > link.received + 1) return step.link.hello();",
    put: "",
  },
  {
    name: "a message that comes twice is applied twice",
    file: "shared/node/client/receive.ts",
    find: "if (!link.greeted || live.number <= link.received) return;",
    put: "if (!link.greeted) return;",
  },
  {
    name: "an answered write stays in the outbox",
    file: "shared/node/client/receive.ts",
    find: "    forget(step, [pending]);\n    step.after",
    put: "    step.after",
  },
  {
    name: "a write after a hole is not sent again",
    file: "shared/node/client/receive.ts",
    find: "if (again.has(actor)) link",
    put: 'if (again.has("")) link',
  },
  {
    name: "the cursor moves before the last page",
    file: "shared/node/client/receive.ts",
    find: "seq: complete ? newest : before?.seq ?? 0",
    put: "seq: newest",
  },
  {
    name: "a client forgets how much it has seen",
    file: "shared/node/client/receive.ts",
    find: "state.seen = Math.max(state.seen, newest);",
    put: "",
  },
  {
    name: "a digest that differs is let be",
    file: "shared/node/client/receive.ts",
    find: "return digestOfKeys(keys) === digest;",
    put: "return digestOfKeys(keys) >= 0;",
  },
  {
    name: "only one write of a forked actor goes on",
    file: "shared/node/client/receive.ts",
    find: "if (own.actor === actor) renew(step, own);",
    put: "if (own === pending) renew(step, own);",
  },
  {
    name: "a renewed write is not stored",
    file: "shared/node/client/receive.ts",
    find: "  step.store(renewed);\n",
    put: "",
  },
  {
    name: "what shows is not told that a write was answered",
    file: "shared/node/client/answered.ts",
    find: "    work.noteRows(rows);\n",
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
    name: "an offline write shows, but is not stored",
    file: "shared/node/client/client_step.ts",
    find: "    state.outbox.put(pending);\n    this.store(pending);",
    put:
      "    state.outbox.put(pending);\n    if (state.link.greeted) this.store(pending);",
  },
  {
    name: "two writes have one number",
    file: "shared/node/client/client_step.ts",
    find: "    state.author.nextN++;\n    state.clock",
    put: "    state.clock",
  },
  {
    name: "a write waits for the next message to leave",
    file: "shared/node/client/client_step.ts",
    find: "if (pending.sent) this.link.push();",
    put: "",
  },
  {
    name: "what was never sent counts as sent",
    file: "shared/node/client/client_step.ts",
    find: "      authored,\n      state.link.greeted,",
    put: "      authored,\n      true,",
  },
  {
    name: "stamps are moved past now",
    file: "shared/node/client/pending.ts",
    find: "Math.min(latest, timestamp + delta)",
    put: "timestamp + delta",
  },
  {
    name: "stamps that are moved lose their order",
    file: "shared/node/client/pending.ts",
    find: "last = Math.max(last + 1, Math.min(latest, timestamp + delta))",
    put: "last = Math.max(after + 1, Math.min(latest, timestamp + delta))",
  },
  {
    name: "a clock's error is applied the wrong way round",
    file: "shared/node/client/correct_clock.ts",
    find: "const deltaMs = offsetMs - state.clock.offsetMs;\n  const nowMs",
    put: "const deltaMs = state.clock.offsetMs - offsetMs;\n  const nowMs",
  },
  {
    name: "writes are corrected, but not the clock",
    file: "shared/node/client/correct_clock.ts",
    find: "state.clock.setOffset(offsetMs, last);",
    put: "",
  },
  {
    name: "a snapshot of a var is not brought up to date",
    file: "shared/node/client/view.ts",
    find: "else state.tables.set(path, table.with(next));",
    put: "",
  },
  {
    name: "the view leaves the outbox out",
    file: "shared/node/client/view.ts",
    find: "    row = crdt.join(row, pending);\n",
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
    name: "a big batch loses its last write",
    file: "shared/node/client/push_batches.ts",
    find: "    } else {\n      last.push(write);",
    put: "    } else {\n      if (last.length < 2) last.push(write);",
  },
];
