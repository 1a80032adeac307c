/**
 * What the master forgets, when, and what it refuses because of it.
 *
 * @module
 */

import { assert, assertEquals, assertGreater } from "@std/assert";
import { encodeAuthored } from "../../shared/node/read_effects.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { Code } from "../../shared/protocol/codes.ts";
import { DAY_MS, HORIZON_MS } from "../../shared/protocol/limits.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import { BenchMaster } from "./bench_master.ts";

const START_MS = 1_800_000_000_000;
/** What is older than this is forgotten. */
const KEPT_MS = HORIZON_MS + DAY_MS;
/** What was made longer ago than this is refused. */
const TAKEN_MS = HORIZON_MS - DAY_MS;
const RING_SLOTS = 1_024;

function newBench(): BenchMaster {
  return new BenchMaster(new MemoryRows(), START_MS);
}

/** Commits of another author, enough to look at every row of a small space. */
function sweepAll(master: BenchMaster, actor = "sweeper"): void {
  for (let n = 1; n <= 12; n++) {
    const values = { swept: `${actor} ${n}` };
    const stamp = master.stampAt(0) + n;
    assertEquals(
      master.push(master.notes(actor, n, values, stamp)).fault,
      null,
    );
  }
}

function codeOf(master: BenchMaster, write: PushedWrite): Code | undefined {
  return master.push(write).fault?.code;
}

Deno.test("a stamp may be 89 days old to the millisecond, in a row, in a write of rows without any, in an event", () => {
  const master = newBench();
  // Commits of one millisecond have seqs behind one another, and time with them.
  const later = (offsetMs: number) => {
    master.nowMs += 10;
    return master.stampAt(offsetMs);
  };
  const tag = (stamp: number) => {
    const effects = [{ path: "/db/tags", crdtType: "GSet", rows: [] }];
    return encodeAuthored({ kind: "effects", stamp, effects });
  };
  let n = 0;
  const kinds = {
    row: (stamp: number) => master.notes("phone", ++n, { a: "x" }, stamp),
    event: (stamp: number) => master.event("phone", ++n, stamp),
    stampless: (stamp: number) => ({
      ...master.event("phone", ++n),
      authored: tag(stamp),
    }),
    "row of a new write": (stamp: number) => {
      const { authored } = master.notes("phone", ++n, { a: "y" }, stamp);
      const now = encodeAuthored({
        kind: "effects",
        stamp: master.stampAt(0),
        effects: [],
      });
      // The rows of one, under the stamp of the other.
      const head = now.length - 1;
      const bytes = [...now.slice(0, head), ...authored.slice(head)];
      return { ...master.event("phone", n), authored: Uint8Array.from(bytes) };
    },
  };
  for (const [name, make] of Object.entries(kinds)) {
    const oldest = -TAKEN_MS;
    assertEquals(codeOf(master, make(later(oldest))), undefined, name);
    assertEquals(codeOf(master, make(later(oldest) - 1)), "stale-write", name);
    const newest = 60_000;
    assertEquals(codeOf(master, make(later(newest))), undefined, name);
    assertEquals(codeOf(master, make(later(newest) + 1)), "clock-skew", name);
    // Only its time is wrong: it may come again under its number.
    n--;
  }
});

Deno.test("what was answered is answered so again, however old it is by then", () => {
  const master = newBench();
  const taken = master.notes("phone", 1, { a: "x" });
  const refused = master.notes("desk", 1, { a: "y" }, master.stampAt(-KEPT_MS));
  const first = [taken, refused].map((write) => master.push(write));
  assertEquals(first.map(({ fault }) => fault?.code), [
    undefined,
    "stale-write",
  ]);
  master.nowMs += 2 * KEPT_MS;
  assertEquals([taken, refused].map((write) => master.push(write)), first);
});

Deno.test("a tombstone goes when it is a day past the horizon; nothing else does", () => {
  const master = newBench();
  const all = { gone: "x", kept: "x", again: "x", given: "x", removed: "x" };
  master.push(master.notes("phone", 1, all));
  master.nowMs += DAY_MS;
  const removed = { gone: null, again: null, given: null };
  master.push(master.notes("phone", 2, removed));
  master.push(master.notes("phone", 3, { again: "y" }, master.stampAt(1)));
  const everything = ["again", "given", "gone", "kept", "removed", "swept"];

  // Commits of one millisecond have seqs behind one another, and time with them.
  master.nowMs += KEPT_MS - 1_000;
  sweepAll(master, "early");
  assertEquals(master.keys(), everything);
  master.push(master.notes("phone", 4, { removed: null }));
  master.nowMs += 1_010;
  sweepAll(master, "late");
  assertEquals(master.keys(), everything.filter((key) => key !== "gone"));
});

Deno.test("a key that is written by the very commit that would forget it stays", () => {
  // Each commit sweeps one of three paths: one of these commits that of the notes.
  for (let before = 0; before < 3; before++) {
    const master = newBench();
    let n = 0;
    const note = (values: Record<string, string | null>) => {
      const { fault } = master.push(master.notes("phone", ++n, values));
      assertEquals(fault, null);
      master.nowMs++;
    };
    note({ old: "x" });
    note({ old: null });
    while (n < 2 + before) note({ other: `${n}` });
    master.nowMs += 2 * KEPT_MS;
    note({ old: "y" });
    assert(master.keys().includes("old"));
  }
});

Deno.test("the sweep goes on where it was when the master has slept", () => {
  const master = newBench();
  const keys = Array.from({ length: 200 }, (_, i) => `note ${1_000 + i}`);
  let n = 0;
  for (const value of ["x", null]) {
    const values = Object.fromEntries(keys.map((key) => [key, value]));
    master.push(master.notes("phone", ++n, values, master.stampAt(0) + n));
  }
  assertEquals(master.keys().length, 200);
  master.nowMs += 2 * KEPT_MS;
  for (let commit = 1; commit <= 40; commit++) {
    master.wake();
    const stamp = master.stampAt(commit);
    master.push(master.notes("desk", commit, { a: `${commit}` }, stamp));
  }
  assertEquals(master.keys(), ["a"]);
});

Deno.test("a commit writes changed keys + 1; forgetting comes on top, one row each; a no-op writes and forgets nothing", () => {
  const master = newBench();
  const cost = (write: PushedWrite) => {
    assertEquals(master.push(write).fault, null);
    return master.written.length;
  };
  assertEquals(cost(master.notes("phone", 1, { a: "x", b: "x", c: "x" })), 4);
  master.nowMs++;
  assertEquals(cost(master.notes("phone", 2, { a: null, b: null })), 3);
  assertEquals(cost(master.notes("phone", 3, {})), 0);
  master.nowMs += 2 * KEPT_MS;
  assertEquals(cost(master.notes("phone", 4, {})), 0);
  assertEquals(master.keys(), ["a", "b", "c"]);
  const costs = [1, 2, 3, 4].map((i) =>
    cost(master.notes("phone", 4 + i, { c: `${i}` }, master.stampAt(i)))
  );
  assertEquals(costs.toSorted(), [2, 2, 2, 4]);
  assertEquals(master.keys(), ["c"]);
});

/** Writes until everything that was answered before has left the ring. */
function fillRing(master: BenchMaster, actor: string): void {
  for (let n = 1; n <= RING_SLOTS; n++) {
    const stamp = master.stampAt(0) + n;
    master.push(master.notes(actor, n, { filler: `${n}` }, stamp));
  }
}

Deno.test("an actor is forgotten when its last answer is a day past the horizon, and not before", () => {
  const master = newBench();
  const lost = master.event("lost", 1);
  assertEquals(codeOf(master, master.notes("away", 1, { a: "x" })), undefined);
  const first = master.push(lost);
  assertEquals(first.fault, null);
  const made = master.keys().filter((key) => key.startsWith("at "));
  assertEquals(made.length, 1);
  fillRing(master, "filler");
  const actors = () => master.keys("#actors");
  assertEquals(actors(), ["away", "lost"]);

  // Young enough to be taken: only what is remembered keeps it from running twice.
  master.nowMs += TAKEN_MS - 1;
  sweepAll(master, "early");
  assertEquals(actors(), ["away", "lost"]);
  assertEquals(master.push(lost), first);
  master.nowMs = START_MS + KEPT_MS + RING_SLOTS;
  sweepAll(master, "late");
  sweepAll(master, "later");
  assertEquals(actors().filter((actor) => actor !== "filler"), []);

  // An answer that never came: too old to be taken, so never twice.
  assertEquals(codeOf(master, lost), "stale-write");
  assertEquals(
    master.keys().filter((key) => key.startsWith("at ")).length,
    made.length,
  );
  // Who has seen all its answers goes on.
  const next = master.notes("away", 2, { a: "y" });
  assertEquals(codeOf(master, next), undefined);
  assertEquals(codeOf(master, { ...next, n: 4 }), "gap");
});

Deno.test("a cursor is gone on from while what it misses is remembered, and replaced after", () => {
  const master = newBench();
  assertEquals(master.push(master.notes("phone", 1, { a: "x" })).fault, null);
  const seq = START_MS;
  master.nowMs += 2 * KEPT_MS;
  let id = 0;
  const partOf = (seq: number, syncedMs: number, epoch = master.epoch) => {
    const cursor = { epoch, seq, syncedMs, page: null };
    const range = { from: "", to: null };
    const want = { id: ++id, path: "/db/notes", range, consumer: null, cursor };
    const parts = master.hello([want]).flatMap((live) => live.parts);
    assertEquals(parts.length, 1);
    return {
      replaces: parts[0]!.replace !== null,
      rows: parts[0]!.rows.length,
    };
  };
  const oldest = master.nowMs - HORIZON_MS;
  assertEquals(partOf(seq, 0), { replaces: true, rows: 1 });
  assertEquals(partOf(seq, oldest - 1), { replaces: true, rows: 1 });
  // Quiet all the time, and asked after since: nothing is sent again.
  assertEquals(partOf(seq, oldest), { replaces: false, rows: 0 });
  assertEquals(partOf(oldest, 0), { replaces: false, rows: 0 });
  const other = partOf(seq, master.nowMs, "another");
  assertEquals(other, { replaces: true, rows: 1 });
});

Deno.test("a year of adding and removing leaves no more than a season of it", () => {
  const master = newBench();
  const cycles = 10_000;
  const sizes: number[][] = [];
  for (let year = 0; year < 2; year++) {
    for (let i = 0; i < cycles; i++) {
      // Each device that starts is another actor.
      const actor = `boot ${year} ${i}`;
      const key = `note ${year} ${i}`;
      master.nowMs += Math.round(365 * DAY_MS / cycles);
      for (const [n, value] of [[1, "x"], [2, null]] as const) {
        const stamp = master.stampAt(0) + n;
        const write = master.notes(actor, n, { [key]: value }, stamp);
        assertEquals(master.push(write).fault, null);
      }
    }
    sizes.push(
      ["/db/notes", "#actors", "#ring"].map((path) => master.keys(path).length),
    );
  }
  console.log("notes, actors and ring after each year:", sizes);
  const season = Math.ceil(cycles * KEPT_MS / (365 * DAY_MS));
  for (const [notes, actors, ring] of sizes) {
    assert(notes! <= 1.25 * season, `${notes} notes`);
    assert(actors! <= 1.25 * season, `${actors} actors`);
    assertGreater(notes!, 0.9 * season);
    assertEquals(ring, RING_SLOTS);
  }
});
