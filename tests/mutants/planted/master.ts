/**
 * Bugs to plant in the master.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const MASTER: readonly Plant[] = [
  {
    name: "two commits of one moment have one seq",
    file: "shared/node/master/commit.ts",
    find: "state.ring.head + 1, Math.floor",
    put: "state.ring.head, Math.floor",
  },
  {
    name: "the good rows of a refused write stay",
    file: "shared/node/master/commit.ts",
    find: "const trial = new DraftRows(batch.draft);",
    put: "const trial = batch.draft;",
  },
  {
    name: "the counts of a refused write stay",
    file: "shared/node/master/commit.ts",
    find: "const counts = new Map(batch.counts);",
    put: "const counts = batch.counts;",
    alone: true,
  },
  {
    name: "a rule sees what stood before the batch",
    file: "shared/node/master/commit.ts",
    find: "    draft,\n    counts,\n    write.actor",
    put: "    around.rows,\n    batch.state.ring.counts,\n    write.actor",
  },
  {
    name: "no rule is asked",
    file: "shared/node/master/commit.ts",
    find: "if (batch.byOperator) return;",
    put: "return;",
  },
  {
    name: "a rule that throws has allowed it",
    file: "shared/node/master/commit.ts",
    find: "return rule() === true;\n  } catch {\n    return false;",
    put: "return rule() === true;\n  } catch {\n    return true;",
    scenario: "board",
  },
  {
    name: "a stamp from the future is taken",
    file: "shared/node/master/commit.ts",
    find: "if (isAhead(timestamp, nowMs)) {",
    put: "if (isAhead(timestamp, nowMs + 1e12)) {",
    alone: true,
  },
  {
    name: "a removal is not counted",
    file: "shared/node/master/apply_change.ts",
    find: "const more = (crdt.isLive(row) ? 1 : 0) - before;",
    put: "const more = 1 - before;",
    scenario: "tree",
    alone: true,
  },
  {
    name: "an answer in memory hides what was committed later",
    file: "shared/node/master/commit.ts",
    find:
      "for (const actor of batch.actors.keys()) state.unsaved.delete(actor);",
    put: "",
  },
  {
    name: "a wrong clock is remembered as an answer",
    file: "shared/node/master/commit.ts",
    find: 'if (fault?.code === "clock-skew") {',
    put: 'if (fault?.code === "space-full") {',
  },
  {
    name: "a row of init counts for nothing when it is overwritten",
    file: "shared/node/master/apply_change.ts",
    find: "decodeRow(crdt, stored.body) : initRows.get(key);",
    put: "decodeRow(crdt, stored.body) : undefined;",
    scenario: "board",
  },
  {
    name: "seenThrough is ignored",
    file: "shared/node/master/actors.ts",
    find: "Math.max(record.lastN, write.seenThrough)",
    put: "record.lastN",
  },
  {
    name: "answers are forgotten before they are seen",
    file: "shared/node/master/actors.ts",
    find: "[...record.answers].filter(([n]) => n > write.seenThrough)",
    put: "[...record.answers].filter(([n]) => n >= write.n)",
  },
  {
    name: "a hole in the numbers is not seen",
    file: "shared/node/master/actors.ts",
    find: "if (write.n > lastN + 1)",
    put: "if (write.n > lastN + 1e9)",
  },
  {
    name: "a write is another one when its stamps are",
    file: "shared/node/master/identity.ts",
    find: "crdt.restamp(change, NEVER) : change",
    put: "change : change",
  },
  {
    name: "the first author of a commit is not stored",
    file: "shared/node/master/ring.ts",
    find: "writer.list([...actors], ",
    put: "writer.list([...actors].slice(1), ",
  },
  {
    name: "an author who comes again keeps its old place in the ring",
    file: "shared/node/master/ring.ts",
    find: "this.#slotOfActor.set(actor, commit.index);",
    put:
      "if (before === undefined) this.#slotOfActor.set(actor, commit.index);",
  },
  {
    name: "the counts are lost in sleep",
    file: "shared/node/master/ring.ts",
    find: "    counts: new Map(counts),\n    sweep,",
    put: "    counts: new Map(),\n    sweep,",
    scenario: "tree",
  },
  {
    name: "catch-up leaves out the first commit",
    file: "shared/node/master/ring.ts",
    find: "if (commit.seq <= seq) return",
    put: "if (i > 0 && this.#commits[i - 1]!.seq <= seq) return",
  },
  {
    name: "what this commit writes anew is swept",
    file: "shared/node/master/sweep.ts",
    find: "if (draft.get(path, row.key)?.seq !== row.seq) continue;",
    put: "",
    scenario: "seasons",
    alone: true,
  },
  {
    name: "a key of init comes back when its tombstone is swept",
    file: "shared/node/master/sweep.ts",
    find: "if (variable.initRows.has(row.key)) return false;",
    put: "",
    scenario: "board-seasons",
  },
  {
    name: "a restored master keeps its name",
    file: "shared/node/master/step.ts",
    find: "    this.#begin();\n    this.#peers",
    put: "    this.#peers",
  },
  {
    name: "the master does not compute again what has changed",
    file: "shared/node/master/master_producer.ts",
    find: "touched.some(([path, key]) => log.covers(path, key))",
    put: "false",
  },
  {
    name: "the master computes for nobody in particular",
    file: "shared/node/master/place.ts",
    find: 'session: { claims: consumer.claims, signature: "" }',
    put: 'session: { claims: {}, signature: "" }',
    scenario: "tree",
  },
  {
    name: "an accepted number is remembered as refused",
    file: "shared/node/master/actors.ts",
    find: "answers.set(write.n, answer);",
    put:
      'answers.set(write.n, { ...answer, fault: answer.fault ?? { code: "forbidden", path: "", found: "", wanted: "" } });',
  },
  {
    name: "some of what an operator writes is answered and dropped",
    file: "shared/node/master/step.ts",
    find: "operate(write: PushedWrite): void {\n",
    put:
      'operate(write: PushedWrite): void {\n    if (write.actor.charCodeAt(9) % 2 === 0) {\n      const { actor, n } = write;\n      this.#after.push({ type: "settled", actor, n, level: "db", fault: null });\n      return;\n    }\n',
    scenario: "source",
    alone: true,
  },
];
