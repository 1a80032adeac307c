import { assert, assertEquals } from "@std/assert";
import { VersionedRows } from "../../shared/crdt/versioned_rows.ts";
import { forSeeds, type Seeded } from "./seeded.ts";

/** A row: live while its number is even. */
const isLive = (row: number) => row % 2 === 0;

interface Version {
  readonly rows: VersionedRows<number>;
  /** What it must hold: a copy of its own. */
  readonly held: ReadonlyMap<string, number>;
}

function start(chance: Seeded, isOver: boolean): Version {
  const first = chance.many(
    chance.below(6),
    () => [keyOf(chance), chance.below(9)] as const,
  );
  const below = VersionedRows.of(new Map(first), isLive);
  const source = {
    get: (key: string) => below.get(key),
    entries: () => below.entries(),
    countLive: () => below.countLive(),
  };
  const rows = isOver ? VersionedRows.over(source, isLive) : below;
  return { rows, held: new Map(first) };
}

function keyOf(chance: Seeded): string {
  return chance.pick(["a", "b", "c", "d", "é", "\u{1f600}", "", "aa"]);
}

function write(chance: Seeded, { rows, held }: Version): Version {
  if (chance.below(2) === 0) {
    const [key, row] = [keyOf(chance), chance.below(9)];
    return {
      rows: rows.with(key, row, rows.get(key)),
      held: new Map(held).set(key, row),
    };
  }
  const changes = new Map(
    chance.many(chance.below(4), () => [keyOf(chance), chance.below(9)]),
  );
  return {
    rows: rows.withAll(changes),
    held: new Map([...held, ...changes]),
  };
}

function check(chance: Seeded, { rows, held }: Version): void {
  const key = keyOf(chance);
  assertEquals(rows.get(key), held.get(key));
  const live = [...held.values()].filter(isLive).length;
  assertEquals(rows.countLive(), live);
  if (chance.below(4) > 0) return;
  assertEquals(new Map(rows.entries()), held);
  const keys = [...rows.entries()].map(([at]) => hexOf(at));
  assertEquals(keys, [...held.keys()].map(hexOf).sort());
}

/** UTF-8 bytes as text that sorts as they do. */
function hexOf(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("every version of VersionedRows stays what it was, whatever comes later", () => {
  forSeeds(400, (chance) => {
    const versions = [start(chance, chance.below(2) === 0)];
    for (let step = 0; step < 40; step++) {
      const from = chance.below(3) === 0
        ? chance.pick(versions)
        : versions.at(-1)!;
      versions.push(write(chance, from));
      check(chance, chance.pick(versions));
    }
    for (const version of versions) check(chance, version);
  });
});

Deno.test("VersionedRows gives what it was, to whoever writes while reading", () => {
  let rows = VersionedRows.of(new Map([["a", 1], ["b", 2], ["c", 3]]), isLive);
  const seen: [string, number][] = [];
  for (const [key, row] of rows.entries()) {
    seen.push([key, row]);
    rows = rows.with("c", 9, rows.get("c")).with("d", 4, undefined);
  }
  assertEquals(seen, [["a", 1], ["b", 2], ["c", 3]]);
});

/** How often a map is written while something runs. */
function mapWritesOf(run: () => void): number {
  const { set } = Map.prototype;
  let writes = 0;
  Map.prototype.set = function (key, value) {
    writes++;
    return set.call(this, key, value);
  };
  try {
    run();
  } finally {
    Map.prototype.set = set;
  }
  return writes;
}

Deno.test("two versions of VersionedRows read in turn are made two tables, once", () => {
  let newest = VersionedRows.of(new Map<string, number>(), isLive);
  for (let i = 0; i < 1_000; i++) newest = newest.with(`k${i}`, i, undefined);
  const old = newest;
  for (let i = 0; i < 5_000; i++) {
    const key = `k${i % 1_000}`;
    newest = newest.with(key, -i, newest.get(key));
  }
  const writes = mapWritesOf(() => {
    for (let i = 0; i < 10_000; i++) {
      if (old.get(`k${i % 1_000}`) !== i % 1_000) throw new Error(`k${i}`);
      newest.get(`k${i % 1_000}`);
    }
  });
  assert(writes < 8 * 1_000, `${writes} writes for 20,000 reads`);
});
