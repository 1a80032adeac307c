/**
 * Who demands 100 of 100,000 rows holds 100, is sent 100, and makes nobody read
 * more.
 */

import { assert, assertEquals } from "@std/assert";
import { HLC_TICKS_PER_MS } from "../../shared/crdt/hlc.ts";
import { encodeAuthored } from "../../shared/node/read_effects.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { decodeMessage } from "../../shared/protocol/message.ts";
import type { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { StoredRow } from "../../shared/ports/rows.ts";
import type { Client } from "../../sim/client.ts";
import { World } from "../../sim/world.ts";
import { lwwBody } from "../hostile/raw_write.ts";
import { APP } from "../hostile/running_fixture.ts";
import { countReads } from "./counted_rows.ts";

const ALL_ROWS = 100_000;
const OWN_ROWS = 100;
const WRITE_ROWS = 1_000;
const NOTES = "/db/notes";
const SOON_MS = 1_000;
/** Of each own row: the page of a catch-up, and once to send it on. */
const READS_MAX = 3 * OWN_ROWS;

/** As an operator, puts the notes of a user down. */
function fill(world: World, user: string, rows: number): void {
  const actor = `operator-${user}`;
  const stamp = world.master.nowMs * HLC_TICKS_PER_MS;
  for (let done = 0, n = 1; done < rows; n++) {
    const count = Math.min(WRITE_ROWS, rows - done);
    const effect = {
      path: NOTES,
      crdtType: "LWWMap",
      rows: Array.from({ length: count }, (_, i) => ({
        key: `${user}/${String(done + i).padStart(6, "0")}`,
        body: lwwBody("a note", stamp),
      })),
    };
    done += count;
    const write = {
      actor,
      n,
      seenThrough: n - 1,
      authored: encodeAuthored({ kind: "effects", stamp, effects: [effect] }),
      session: null,
      fault: null,
      effects: null,
    };
    assert(world.master.run({ type: "operate", write }) !== null);
  }
}

function isOwn({ key }: { readonly key: string }): boolean {
  return key.startsWith("ann/");
}

function rowsAt(rows: MemoryRows, path: string): StoredRow[] {
  return rows.range(path, WHOLE);
}

/** The rows of all frames that a client was sent. */
function rowsSentTo(client: Client): StoredRow[] {
  return client.overheard.map((frame) => decodeMessage(frame))
    .flatMap((message) => message.type === "live" ? message.parts : [])
    .flatMap(({ rows }) => rows);
}

Deno.test("who demands 100 of 100,000 rows holds, loads and is sent 100", () => {
  const world = new World(APP, { seed: 1 });
  fill(world, "ann", OWN_ROWS);
  fill(world, "others", ALL_ROWS - OWN_ROWS);
  const stored = world.master.rows.range(NOTES, WHOLE).length;
  assertEquals(stored, ALL_ROWS);
  const [server] = [...world.servers.values()];
  assert(server !== undefined);
  const reads = {
    master: countReads(world.master.rows),
    server: countReads(server.host.rows),
  };

  const ann = world.addClient("ann", "client", { sub: "ann" });
  world.runFor(SOON_MS);

  const sent = rowsSentTo(ann).filter(({ key }) => key.includes("/"));
  assertEquals(sent.length, OWN_ROWS);
  assert(sent.every(isOwn));
  const [atMaster = 0, atServer = 0] = [reads.master, reads.server]
    .map(({ byPath }) => byPath.get(NOTES));
  assert(atMaster >= OWN_ROWS && atMaster <= READS_MAX, `${atMaster} rows`);
  // What has just come is sent on before it is put down.
  assert(atServer <= READS_MAX, `${atServer} rows`);
  const heldBy = {
    client: rowsAt(ann.host.rows, "/client/notes"),
    server: rowsAt(server.host.rows, NOTES),
  };
  for (const held of Object.values(heldBy)) {
    assertEquals(held.length, OWN_ROWS);
    assert(held.every(isOwn));
  }
  assertEquals(ann.get("/client/notes").countKeys(), OWN_ROWS);

  // What another writes is nothing to any of them.
  const readBefore = reads.server.byPath.get(NOTES);
  fill(world, "somebody", OWN_ROWS);
  world.runFor(SOON_MS);
  assertEquals(reads.server.byPath.get(NOTES), readBefore);
  assertEquals(rowsAt(server.host.rows, NOTES), heldBy.server);
  const after = rowsSentTo(ann).filter(({ key }) => key.includes("/"));
  assertEquals(after.length, OWN_ROWS);
});
