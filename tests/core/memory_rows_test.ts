import { assert, assertEquals } from "@std/assert";
import { compareKeys } from "../../shared/codec/key_order.ts";
import { inRange, prefixRange } from "../../shared/ports/key_range.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { KeyRange, RowWrite, StoredRow } from "../../shared/ports/rows.ts";
import { arbitraryText } from "./arbitrary_text.ts";
import { forSeeds, type Seeded } from "./seeded.ts";

const ALL = prefixRange("");

/** The slow obvious store. */
class NaiveRows {
  readonly rows = new Map<string, StoredRow>();

  write({ key, seq, body }: RowWrite): void {
    if (body === null) this.rows.delete(key);
    else this.rows.set(key, { key, seq, body });
  }

  since(range: KeyRange, seq: number, limit: number): StoredRow[] {
    return [...this.rows.values()]
      .filter((row) => inRange(range, row.key) && row.seq > seq)
      .sort((a, b) => compareKeys(a.key, b.key))
      .slice(0, limit);
  }
}

function arbitraryRange(chance: Seeded, key: () => string): KeyRange {
  const from = chance.pick(["", key()]);
  const to = chance.pick([null, key()]);
  return chance.pick([{ from, to }, prefixRange(key().slice(0, 2))]);
}

function expectSame(
  chance: Seeded,
  rows: MemoryRows,
  naive: NaiveRows,
  key: () => string,
): void {
  const range = arbitraryRange(chance, key);
  const limit = chance.pick([0, 1, 7, 5000]);
  const seq = chance.below(6000);
  assertEquals(
    rows.range("/p", range, limit),
    naive.since(range, -1, limit),
  );
  assertEquals(
    rows.since("/p", range, seq, limit),
    naive.since(range, seq, limit),
  );
  assertEquals(rows.count("/p"), naive.rows.size);
  const one = key();
  assertEquals(rows.get("/p", one), naive.rows.get(one));
}

function churn(
  chance: Seeded,
  key: () => string,
  count: number,
  deletesOf10: (step: number) => number,
): void {
  const rows = new MemoryRows();
  const naive = new NaiveRows();
  for (let step = 1; step <= count; step++) {
    const gone = chance.below(10) < deletesOf10(step);
    const body = gone ? null : Uint8Array.of(step & 255);
    const write = { path: "/p", key: key(), seq: step, body };
    rows.write([write]);
    naive.write(write);
    if (step % Math.ceil(count / 40) === 0) {
      expectSame(chance, rows, naive, key);
    }
  }
  assertEquals(rows.range("/p", ALL), naive.since(ALL, -1, Infinity));
  const copy = new MemoryRows();
  copy.write(rows.snapshot());
  assertEquals(copy.snapshot(), rows.snapshot());
  assertEquals(copy.range("/p", ALL), rows.range("/p", ALL));
}

Deno.test("MemoryRows does what the obvious store does, over odd keys", () => {
  forSeeds(60, (chance) => {
    churn(chance, () => arbitraryText(chance, 3), 400, () => 3);
  });
});

Deno.test("MemoryRows does so over many rows that come and go", () => {
  forSeeds(3, (chance) => {
    const key = () => `k${chance.below(4000)}`;
    churn(chance, key, 16_000, (step) => step < 8000 ? 1 : 9);
  });
});

Deno.test("MemoryRows does so with keys that come in order", () => {
  forSeeds(2, (chance) => {
    let next = 0;
    const key = () => `k${String(next++ % 3000).padStart(6, "0")}`;
    churn(chance, key, 9000, (step) => step > 6000 ? 8 : 0);
  });
});

Deno.test("MemoryRows empties from either end and fills again", () => {
  const rows = new MemoryRows();
  const keys = Array.from({ length: 2000 }, (_, i) => `k${10_000 + i}`);
  const body = new Uint8Array();
  for (const order of [keys, keys.toReversed()]) {
    rows.write(keys.map((key) => ({ path: "/p", key, seq: 1, body })));
    for (const [i, key] of order.entries()) {
      rows.write([{ path: "/p", key, seq: 2, body: null }]);
      if (i % 97 > 0) continue;
      const left = order.slice(i + 1).sort();
      assertEquals(rows.range("/p", ALL).map((row) => row.key), left);
    }
    assertEquals([...rows.paths()], []);
  }
});

Deno.test("MemoryRows keeps paths apart", () => {
  const rows = new MemoryRows();
  const body = new Uint8Array([1]);
  rows.write([
    { path: "/b", key: "k", seq: 1, body },
    { path: "/a", key: "k", seq: 2, body },
    { path: "/a", key: "", seq: 0, body },
    { path: "/c", key: "k", seq: 3, body: null },
  ]);
  assertEquals([...rows.paths()].sort(), ["/a", "/b"]);
  assertEquals(rows.snapshot().map(({ path, key }) => path + key), [
    "/a",
    "/ak",
    "/bk",
  ]);
  assertEquals(rows.range("/a", ALL).length, 2);
  assertEquals(rows.since("/a", ALL, 0).map((row) => row.key), ["k"]);
  rows.clear("/a");
  assertEquals([rows.count("/a"), rows.count("/b")], [0, 1]);
  assert(rows.get("/a", "k") === undefined);
  rows.clear();
  assertEquals(rows.snapshot(), []);
});
