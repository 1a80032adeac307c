/** What a constructor or a mutator cannot take it refuses, and stays as it is. */

import { assert, assertEquals } from "@std/assert";
import {
  CrdtError,
  GSet,
  LWWMap,
  LWWRegister,
  MaxRegister,
  ORSet,
  PNCounter,
  Sequence,
  textOf,
  ValueError,
} from "../../shared/mod.ts";
import { canonical } from "../../laws/canonical.ts";

const CLOCK = { now: () => 5 };
const STAMP = { timestamp: 1, nodeId: "a" };
const NO_DATA = { a: [1, { b: () => 1 }] };
const HALF = "x\ud800";
const THROWS = {
  get a() {
    throw new Error("out of order");
  },
};
const { proxy: DEAD, revoke } = Proxy.revocable({}, {});
revoke();

/** A replica to untyped code, which may hand over anything. */
interface Untyped {
  setValue(value: unknown): unknown;
  setValueForKey(key: unknown, value: unknown): unknown;
  setValues(values: unknown): unknown;
  add(element: unknown): unknown;
  remove(element: unknown): unknown;
  increment(amount: unknown): unknown;
  decrement(amount: unknown): unknown;
  insert(index: unknown, values: unknown): unknown;
  delete(index: unknown, count?: unknown): unknown;
  apply(message: unknown): unknown;
  getValue(): unknown;
}

type Bad = readonly [
  does: string,
  code: string,
  path: string,
  run: (crdt: Untyped) => unknown,
];

interface Case {
  /** A replica that holds something. */
  readonly crdt: unknown;
  /** What it refuses. */
  readonly bad: readonly Bad[];
}

/** What untyped code hands over, where something of a type is wanted. */
function untyped<T>(value: unknown): T {
  return value as T;
}

/** Values that nothing carries, each put somewhere. */
function values(
  put: (crdt: Untyped, value: unknown) => unknown,
  at = "",
): Bad[] {
  return [
    ["a function within", "bad-value", `${at}.a[1].b`, (c) => put(c, NO_DATA)],
    ["NaN", "bad-value", at, (c) => put(c, NaN)],
    ["half a character", "bad-value", at, (c) => put(c, HALF)],
    ["a Map", "bad-value", `${at}[0]`, (c) => put(c, [new Map()])],
    ["a symbol", "bad-value", at, (c) => put(c, Symbol())],
    ["a getter that throws", "bad-value", `${at}.a`, (c) => put(c, THROWS)],
    ["a Proxy", "bad-value", at, (c) => put(c, DEAD)],
    ["a match", "bad-value", at, (c) => put(c, /x/.exec("x"))],
  ];
}

const TEXT = Sequence.startEmpty<string>("a", CLOCK)
  .insert(0, "a\u{1f375}b").updatedCrdt;

const CASES: Record<string, Case> = {
  LWWRegister: {
    crdt: new LWWRegister<unknown>("a", { ...STAMP, value: 1 }, CLOCK),
    bad: [
      ...values((c, value) => c.setValue(value)),
      ...values((c, value) => c.apply({ ...STAMP, value }), ".value"),
      ["no state", "bad-message", "", (c) => c.apply(7)],
      ["no value", "bad-message", "", (c) => c.apply(STAMP)],
      [
        "a time before all",
        "bad-timestamp",
        ".timestamp",
        (c) => c.apply({ ...STAMP, timestamp: -1, value: 1 }),
      ],
    ],
  },
  LWWMap: {
    crdt: LWWMap.startEmpty<unknown>("a", CLOCK).setValueForKey("k", 1)
      .updatedCrdt,
    bad: [
      ...values((c, value) => c.setValueForKey("n", value)),
      ...values((c, value) => c.setValues([["m", 1], ["n", value]])),
      ...values(
        (c, value) =>
          c.apply(
            new Map([["m", { ...STAMP, value: 1 }], ["n", {
              ...STAMP,
              value,
            }]]),
          ),
        '["n"].value',
      ),
      ["no key", "bad-key", "", (c) => c.setValueForKey(7, 1)],
      ["no list", "bad-value", "", (c) => c.setValues(7)],
      ["no entry", "bad-value", "[1]", (c) => c.setValues([["m", 1], 7])],
      [
        "a long key",
        "bad-key",
        /"x+"/.source,
        (c) => c.setValueForKey("x".repeat(1_025), 1),
      ],
      ["an object", "bad-message", "", (c) => c.apply({ n: STAMP })],
      [
        "a bare value",
        "bad-message",
        '["n"]',
        (c) => c.apply(new Map([["n", 1]])),
      ],
    ],
  },
  GSet: {
    crdt: new GSet<unknown>([1]),
    bad: [
      ...values((c, value) => c.add(value)),
      [
        "a long element",
        "element-too-large",
        "",
        (c) => c.add("x".repeat(800)),
      ],
      ["no operation", "bad-message", "", (c) => c.apply({ type: "drop" })],
      ["a number", "bad-message", "", (c) => c.apply(3)],
      ["no list", "bad-value", "", () => new GSet(untyped<unknown[]>(7))],
    ],
  },
  ORSet: {
    crdt: ORSet.startEmpty<unknown>("a").add(1).updatedCrdt,
    bad: [
      ...values((c, value) => c.add(value)),
      ...values((c, value) => c.remove(value)),
      ["a Set", "bad-message", "", (c) => c.apply(new Set([1]))],
      [
        "half a row",
        "bad-message",
        '["BAI"]',
        (c) => c.apply(new Map([["BAI", { value: 1 }]])),
      ],
      ["another's key", "bad-key", '["k"]', (c) =>
        c.apply(
          new Map([["k", { value: 1, live: new Map(), removed: new Map() }]]),
        )],
      ["a number below none", "bad-message", '["BAI"]', (c) =>
        c.apply(
          new Map([["BAI", {
            value: 1,
            live: new Map([["a", -1]]),
            removed: new Map(),
          }]]),
        )],
    ],
  },
  PNCounter: {
    crdt: new PNCounter(3),
    bad: [
      ["a half", "bad-amount", "amount", (c) => c.increment(0.5)],
      ["text", "bad-amount", "amount", (c) => c.increment("1")],
      ["a symbol", "bad-amount", "amount", (c) => c.decrement(Symbol())],
      ["too much", "bad-amount", "amount", (c) => c.decrement(2 ** 53)],
      [
        "nothing",
        "bad-amount",
        ".amount",
        (c) => c.apply({ type: "increment", amount: 0 }),
      ],
      ["no operation", "bad-message", "", (c) => c.apply(1)],
      ["a bad start", "bad-amount", "total", () => new PNCounter(NaN)],
    ],
  },
  MaxRegister: {
    crdt: new MaxRegister(3),
    bad: [
      ["NaN", "bad-value", "", (c) => c.setValue(NaN)],
      ["no end", "bad-value", "", (c) => c.apply(Infinity)],
      ["text", "bad-value", "", (c) => c.apply("9")],
      ["a bad start", "bad-value", "state", () => new MaxRegister(NaN)],
    ],
  },
  Sequence: {
    crdt: Sequence.startEmpty<unknown>("a", CLOCK).insert(0, [1, "b"])
      .updatedCrdt,
    bad: [
      ...values((c, value) => c.insert(0, [1, value]), "[1]"),
      ["no list", "bad-value", "", (c) => c.insert(0, 7)],
      ["a symbol", "bad-range", "index", (c) => c.insert(Symbol(), ["x"])],
      ["behind all", "bad-range", "index", (c) => c.insert(3, ["x"])],
      ["before all", "bad-range", "index", (c) => c.delete(-1)],
      ["more than is there", "bad-range", "index", (c) => c.delete(1, 2)],
      ["half an element", "bad-range", "index", (c) => c.delete(0.5)],
      ["an array", "bad-message", "", (c) => c.apply([])],
      [
        "no run",
        "bad-message",
        '["a.1"]',
        (c) => c.apply(new Map([["a.1", {}]])),
      ],
      [
        "a run of nobody",
        "bad-message",
        '["1"]',
        (c) => c.apply(new Map([["1", { head: null, pieces: [] }]])),
      ],
    ],
  },
  Text: {
    crdt: TEXT,
    bad: [
      ["half a character", "bad-value", "", () => textOf(TEXT).insert(0, HALF)],
      ["a list", "bad-value", "", () => textOf(TEXT).insert(0, untyped(["x"]))],
      ["into one", "bad-range", "index", () => textOf(TEXT).insert(2, "x")],
      [
        "half of one out",
        "bad-range",
        "index",
        () => textOf(TEXT).delete(1, 1),
      ],
      ["behind all", "bad-range", "index", () => textOf(TEXT).insert(5, "x")],
    ],
  },
};

for (const [name, { crdt: held, bad }] of Object.entries(CASES)) {
  const crdt = held as Untyped;
  Deno.test(`${name} refuses what it cannot carry, with the path of the fault, and stays as it is`, () => {
    const before = canonical(crdt.getValue());
    for (const [does, code, path, run] of bad) {
      let thrown: unknown = null;
      try {
        run(crdt);
      } catch (error) {
        thrown = error;
      }
      assert(
        thrown instanceof CrdtError || thrown instanceof ValueError,
        `${does}: ${thrown}`,
      );
      assertEquals(thrown.code, code, does);
      const isThere = thrown.path === path ||
        (path.startsWith('"') && new RegExp(path).test(thrown.path));
      assert(isThere, `${does}: at ${thrown.path}, want ${path}`);
      assertEquals(canonical(crdt.getValue()), before, does);
    }
  });
}

Deno.test("a node whose id cannot be written writes nothing", () => {
  for (const id of ["", "x".repeat(65), "\u00e9"]) {
    for (
      const write of [
        () => LWWMap.startEmpty(id, CLOCK).setValueForKey("k", 1),
        () => ORSet.startEmpty(id).add(1),
        () => Sequence.startEmpty(id, CLOCK).insert(0, [1]),
      ]
    ) {
      let code = "";
      try {
        write();
      } catch (error) {
        if (error instanceof CrdtError) code = error.code;
      }
      assertEquals(code, "bad-node-id", JSON.stringify(id));
    }
  }
});
