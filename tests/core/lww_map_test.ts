import {
  assert,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { DecodeError } from "../../shared/codec/decode_error.ts";
import { Reader } from "../../shared/codec/reader.ts";
import { ValueError } from "../../shared/codec/value_error.ts";
import { Writer } from "../../shared/codec/writer.ts";
import { CrdtError } from "../../shared/crdt/crdt_error.ts";
import { HybridClock } from "../../shared/crdt/hlc.ts";
import { LWWMap, lwwMap } from "../../shared/crdt/lww_map.ts";
import { arbitraryMember } from "./arbitrary_row.ts";
import { folded } from "./crdt_laws.ts";
import { forSeeds } from "./seeded.ts";

function emptyMap<VT>(): LWWMap<VT> {
  return LWWMap.startEmpty<VT>("a", new HybridClock(() => 1));
}

Deno.test("LWWMap counts, has and lists no tombstones", () => {
  const one = emptyMap<number>().setValueForKey("k", 1).updatedCrdt;
  const two = one.setValueForKey("é", 0).updatedCrdt;
  const less = two.removeKey("k").updatedCrdt;
  assertEquals([one, two, less].map((map) => map.countKeys()), [1, 2, 1]);
  assertEquals([two.hasKey("k"), less.hasKey("k")], [true, false]);
  assertEquals(less.getValueForKey("k"), undefined);
  assertEquals(less.getValueForKey("é"), 0);
  assertEquals(less.getValue(), new Map([["é", 0]]));
  assertEquals(less.state.get("k")?.value, null);
  assertEquals(LWWMap.fromState("b", less.state).countKeys(), 1);
});

Deno.test("LWWMap sends nothing of what changes nothing", () => {
  const map = emptyMap<unknown>().setValueForKey("k", { a: 1 }).updatedCrdt;
  const gone = map.removeKey("k").updatedCrdt;
  for (
    const [held, result] of [
      [map, map.setValueForKey("k", { a: 1 })],
      [map, map.removeKey("absent")],
      [map, map.setValueForKey("absent", null)],
      [gone, gone.removeKey("k")],
      [gone, gone.setValueForKey("k", undefined)],
    ] as const
  ) {
    assertEquals(result.message, null);
    assertStrictEquals(result.updatedCrdt, held);
  }
  assertStrictEquals(gone.apply(gone.state), gone);
  assertStrictEquals(gone.apply(map.state), gone);
  assertStrictEquals(gone.apply(new Map()), gone);
});

Deno.test("LWWMap keeps every old version, through thousands of writes", () => {
  let map = emptyMap<number>();
  const versions: [map: LWWMap<number>, expected: Map<string, number>][] = [];
  const expected = new Map<string, number>();
  forSeeds(1, (chance) => {
    for (let i = 0; i < 3000; i++) {
      const key = `k${chance.below(700)}`;
      if (chance.below(4) === 0) {
        map = map.removeKey(key).updatedCrdt;
        expected.delete(key);
      } else {
        map = map.setValueForKey(key, i).updatedCrdt;
        expected.set(key, i);
      }
      if (i % 100 === 0) versions.push([map, new Map(expected)]);
    }
  });
  for (const [version, values] of versions) {
    assertEquals(version.getValue(), values);
    assertEquals(version.countKeys(), values.size);
    for (const key of ["k0", "k1", "k699"]) {
      assertEquals(version.getValueForKey(key), values.get(key));
    }
  }
});

Deno.test("LWWMap lists keys in the order of their UTF-8 bytes", () => {
  let map = emptyMap<number>();
  for (const key of ["😀", "b", "\uffee", "", "a"]) {
    map = map.setValueForKey(key, 1).updatedCrdt;
  }
  const ordered = ["", "a", "b", "\uffee", "😀"];
  assertEquals([...map.getValue().keys()], ordered);
  assertEquals([...map.state.keys()], ordered);
});

Deno.test("lwwMap.fold of the rows of a state is that state", () => {
  forSeeds(300, (chance) => {
    const rows = new Map(chance.many(6, () => arbitraryMember(chance)));
    const sorted = LWWMap.fromState("x", rows).state;
    const { crdt } = folded(lwwMap, lwwMap.rows(sorted));
    assertEquals(crdt.state, sorted);
    assertEquals(lwwMap.message(lwwMap.rows(sorted)), sorted);
    assertEquals(crdt.countKeys(), crdt.getValue().size);
  });
});

Deno.test("lwwMap.fold reads a row for a key, and none to count", () => {
  const rows = Array.from({ length: 1000 }, (_, i) => {
    const row = { timestamp: 1, nodeId: "x", value: i % 2 ? i : null };
    return [`k${1000 + i}`, row] as const;
  });
  const { crdt, source } = folded(lwwMap, rows);
  assertEquals([crdt.countKeys(), source.reads], [500, 0]);
  assertEquals([crdt.getValueForKey("k1001"), source.reads], [1, 1]);
  const added = crdt.setValueForKey("k1000", "new").updatedCrdt;
  const removed = added.removeKey("k1001").updatedCrdt
    .setValueForKey("new", 1).updatedCrdt;
  assert(source.reads < 10, `${source.reads} rows read`);
  assertEquals([added.countKeys(), removed.countKeys()], [501, 501]);
  assertEquals(crdt.countKeys(), 500);
  assertEquals(crdt.getValueForKey("k1000"), undefined);
  assertEquals(removed.getValue().size, 501);
  assertEquals([...removed.getValue().keys()].slice(0, 2), ["k1000", "k1003"]);
  assertEquals([...removed.getValue().keys()].at(-1), "new");
});

Deno.test("LWWMap does the same over rows as over a state", () => {
  forSeeds(200, (chance) => {
    const rows = new Map(chance.many(5, () => arbitraryMember(chance)));
    const sorted = LWWMap.fromState("me", rows).state;
    let lazy = folded(lwwMap, sorted).crdt;
    let eager = LWWMap.fromState("me", sorted, { now: () => 1 });
    for (let i = 0; i < 30; i++) {
      const [key, row] = arbitraryMember(chance);
      if (chance.below(2) === 0) {
        lazy = lazy.apply(new Map([[key, row]]));
        eager = eager.apply(new Map([[key, row]]));
      } else if ((eager.state.get(key)?.timestamp ?? 0) < 2 ** 52) {
        const results = [lazy, eager].map((map) =>
          map.setValueForKey(key, row.value)
        );
        assertEquals(results[0]!.message, results[1]!.message);
        [lazy, eager] = [results[0]!.updatedCrdt, results[1]!.updatedCrdt];
      }
      assertEquals([...lazy.state], [...eager.state]);
      assertEquals(lazy.countKeys(), eager.countKeys());
      assertEquals(lazy.countKeys(), lazy.getValue().size);
    }
  });
});

Deno.test("LWWMap refuses bad keys, values and messages whole", () => {
  const map = emptyMap<unknown>();
  for (const key of ["a\ud800", "é".repeat(513), Object(7)]) {
    for (
      const act of [() => map.setValueForKey(key, 1), () => map.removeKey(key)]
    ) {
      assertEquals(assertThrows(act, CrdtError).code, "bad-key");
    }
  }
  assert(map.setValueForKey("é".repeat(512), 1).message !== null);
  assert(map.setValueForKey("", 1).message !== null);
  assertThrows(() => map.setValueForKey("k", [NaN]), ValueError, "value[0]");
  const good = { timestamp: 1, nodeId: "a", value: 1 };
  const cases: [message: unknown, code: string, path: string][] = [
    [good, "bad-message", ""],
    [{ type: "add", value: 1 }, "bad-message", ""],
    [new Map([["k", 1]]), "bad-message", '["k"]'],
    [new Map([["\udfff", good]]), "bad-key", '["\\udfff"]'],
    [new Map([[7, good]]), "bad-key", ""],
    [
      new Map([["ok", good], ["k", { ...good, timestamp: NaN }]]),
      "bad-timestamp",
      '["k"].timestamp',
    ],
    [
      new Map([["k", { ...good, value: { a: () => 1 } }]]),
      "bad-value",
      '["k"].value.a',
    ],
  ];
  for (const [message, code, path] of cases) {
    for (const act of [lwwMap.rows, (m: never) => map.apply(m)]) {
      const error = assertThrows(() => act(message as never), CrdtError);
      assertEquals([error.code, error.path], [code, path]);
    }
  }
  const unsigned = new Map([["k", { ...good, nodeId: "" }]]);
  assertEquals(
    assertThrows(() => lwwMap.rows(unsigned), CrdtError).code,
    "bad-node-id",
  );
  assertEquals(map.state.size, 0);
});

Deno.test("lwwMap.initRows is bottom for each value, in key order", () => {
  const init = new Map<string, unknown>([["b", 1], ["a", [2]], ["no", null]]);
  assertEquals([...lwwMap.initRows(init)], [
    ["a", { timestamp: 0, nodeId: "", value: [2] }],
    ["b", { timestamp: 0, nodeId: "", value: 1 }],
  ]);
  assertThrows(() => lwwMap.initRows({}), CrdtError, "an object");
  assertThrows(() => lwwMap.initRows(new Map([["\ud800", 1]])), CrdtError);
  assertThrows(() => lwwMap.initRows(new Map([["a", NaN]])), ValueError);
});

Deno.test("lwwMap.readRow refuses an id that is none", () => {
  for (const nodeId of ["é", "\n", "x".repeat(65)]) {
    const writer = new Writer();
    lwwMap.writeRow(writer, { timestamp: 1, nodeId, value: 1 });
    const reader = new Reader(writer.finish());
    assertThrows(() => lwwMap.readRow(reader), DecodeError);
  }
});
