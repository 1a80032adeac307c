/**
 * What a write hangs on, at the master: what is still to come it refuses, and for
 * what was refused nothing waits.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import { dotOf } from "../../shared/node/read_effects.ts";
import { BenchMaster } from "./bench_master.ts";

const NOW_MS = 1_800_000_000_000;

Deno.test("a removal of what was refused is taken; one of what is still to come is refused", () => {
  const master = new BenchMaster(new MemoryRows(), NOW_MS);
  const added = master.push(master.label("ann", 1, "bad"));
  assertEquals(added.fault?.code, "forbidden");
  const judged = dotOf("ann", 1, 0);
  const removed = master.push(master.label("ben", 1, "bad", [judged]));
  assertEquals(removed.fault, null);
  const toCome = dotOf("ann", 2, 0);
  const early = master.push(master.label("ben", 2, "bad", [toCome]));
  assertEquals(early.fault?.code, "dependent");
});

Deno.test("a removal that saw a refused addition takes out all others that it saw", () => {
  const master = new BenchMaster(new MemoryRows(), NOW_MS);
  assertEquals(master.push(master.label("cleo", 1, "good")).fault, null);
  const refused = { ...master.label("ann", 1, "good"), session: null };
  assertEquals(master.push(refused).fault === null, false);
  const seen = [dotOf("cleo", 1, 0), dotOf("ann", 1, 0)];
  assertEquals(master.push(master.label("ben", 1, "good", seen)).fault, null);
  const [key] = master.keys("/db/labels") as [string];
  assertEquals(master.isLive("/db/labels", key), false);
});
