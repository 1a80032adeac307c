/**
 * What a session keeps beside its socket.
 *
 * @module
 */

import { assertEquals, assertLess } from "@std/assert";
import {
  attachmentIn,
  attachmentOf,
  newSession,
  type RowsWant,
} from "../../shared/node/server/session.ts";
import { todoScenario } from "../../sim/scenarios/todo.ts";

function sessionOf(count: number) {
  const session = newSession("socket", { sub: "ann" }, 1_900_000_000_000);
  session.nodeId = "phone";
  session.link = 7;
  session.number = 3;
  const source = todoScenario.app.vars.get("/db/todos")!;
  for (let id = 1; id <= count; id++) {
    const want = {
      kind: "rows",
      id,
      path: `/client/var_${id}`,
      source,
      ranges: [],
      holds: [],
      next: null,
      since: 0,
      resumed: null,
      replace: false,
      cursorSeq: 1_800_000_000_000 + id,
    } as RowsWant;
    session.wants.set(want.path, want);
  }
  return session;
}

Deno.test("attachmentOf: what is kept is what is read", () => {
  const kept = attachmentIn(attachmentOf(sessionOf(3), "epoch"))!;
  assertEquals([kept.link, kept.number, kept.nodeId], [7, 3, "phone"]);
  assertEquals(kept.wants.map((want) => want.cursor?.seq), [
    1_800_000_000_001,
    1_800_000_000_002,
    1_800_000_000_003,
  ]);
});

Deno.test("attachmentOf: a session of too many wants is kept without them, to say hello again", () => {
  const bytes = attachmentOf(sessionOf(5_000), "epoch");
  assertLess(bytes.length, 16_385);
  const kept = attachmentIn(bytes)!;
  assertEquals([kept.link, kept.nodeId, kept.wants.length], [0, "phone", 0]);
});
