import { assertEquals, assertLess } from "@std/assert";
import { DraftRows } from "../../shared/node/draft_rows.ts";
import { UNKNOWN_ACTOR, withAnswer } from "../../shared/node/master/actors.ts";
import { retiredActor, Ring } from "../../shared/node/master/ring.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { Touched } from "../../shared/node/peers/peer.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";

const fault = {
  code: "forbidden",
  path: `/db/${"p".repeat(200)}`,
  found: "a write its rule denies",
  wanted: "one it allows",
} as const;

function recordOf(actor: string) {
  const write: PushedWrite = {
    actor,
    n: 1,
    seenThrough: 0,
    authored: new Uint8Array(),
    session: null,
    fault: null,
    effects: null,
  };
  const answer = { identity: "0123456789abcdef", seq: 0, fault };
  return withAnswer(UNKNOWN_ACTOR, write, answer);
}

/** What a master stores of a commit, and what its ring knows afterwards. */
function commit(actors: number, keys: number) {
  const rows = new MemoryRows();
  const draft = new DraftRows(rows);
  const ring = Ring.load(rows);
  const touched = Array.from(
    { length: keys },
    (_, i): Touched => ["/db/notes", `${"k".repeat(100)}${i}`],
  );
  const names = Array.from({ length: actors }, (_, i) => `actor${i}`);
  const answered = new Map(names.map((name) => [name, recordOf(name)]));
  ring.append(draft, 1, touched, answered, new Map(), ["", ""]);
  rows.write(draft.writes());
  const [row] = rows.range("#ring", WHOLE);
  return { rows, names, bytes: row!.body.length, again: Ring.load(rows) };
}

Deno.test("Ring holds a commit's keys and actors, and has them after a load", () => {
  const { again, names, rows } = commit(20, 100);
  assertEquals(again.touchedSince(0)?.length, 100);
  for (const name of names) assertEquals(again.recordOf(name)?.lastN, 1);
  assertEquals(rows.range("#actors", WHOLE), []);
});

Deno.test("Ring keeps its rows small: actors go to the table, and keys are scanned for", () => {
  const { again, names, rows, bytes } = commit(256, 1_000);
  assertLess(bytes, 32 * 1024);
  assertEquals(again.touchedSince(0), null);
  for (const name of names) {
    assertEquals(again.recordOf(name), undefined);
    assertEquals(retiredActor(rows, name)?.lastN, 1);
  }
});

Deno.test("Ring leaves out what is large alone", () => {
  const many = commit(256, 10);
  assertEquals(many.again.touchedSince(0)?.length, 10);
  const long = commit(5, 1_000);
  assertEquals(long.again.recordOf("actor0")?.lastN, 1);
  assertEquals(long.again.touchedSince(0), null);
});
