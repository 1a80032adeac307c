import {
  assert,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { ValueError } from "../../shared/codec/value_error.ts";
import { CrdtError } from "../../shared/crdt/crdt_error.ts";
import { LWWRegister, lwwRegister } from "../../shared/crdt/lww_register.ts";
import { folded } from "./crdt_laws.ts";

const BOTTOM = { timestamp: 0, nodeId: "", value: "init" };
const clock = { now: () => 50 };

Deno.test("LWWRegister.setValue gives the state that it broadcasts", () => {
  const old = new LWWRegister<string>("a", BOTTOM, clock);
  const { updatedCrdt, message } = old.setValue("new");
  assertEquals(message, { timestamp: 50, nodeId: "a", value: "new" });
  assertEquals(updatedCrdt.state, message!);
  assertEquals(updatedCrdt.getValue(), "new");
  assertEquals(old.state, BOTTOM);
  assertEquals(updatedCrdt.setValue("newer").message?.timestamp, 51);
});

Deno.test("LWWRegister.setValue of an equal value is no change", () => {
  const value = { a: [1, { b: new Date(5) }] };
  const held = new LWWRegister<unknown>("a", { ...BOTTOM, value }, clock);
  const again = held.setValue({ a: [1, { b: new Date(5) }] });
  assertEquals(again.message, null);
  assertStrictEquals(again.updatedCrdt, held);
  assert(held.setValue({ a: [1, { b: new Date(6) }] }).message !== null);
});

Deno.test("LWWRegister runs on the system's time unless told otherwise", () => {
  const { message } = new LWWRegister<string>("a", BOTTOM).setValue("x");
  const stampMs = message!.timestamp / 2048;
  assert(stampMs > 1.7e12 && stampMs <= Date.now() + 1000);
});

Deno.test("LWWRegister refuses what it cannot take, and stays as it is", () => {
  const held = new LWWRegister<unknown>("a", BOTTOM, clock);
  const error = assertThrows(() => held.setValue({ f() {} }), ValueError);
  assertEquals(error.path, ".f");
  assertThrows(() => held.apply(new Map() as never), CrdtError);
  for (const nodeId of ["", "é", "x".repeat(65)]) {
    const nobody = new LWWRegister<unknown>(nodeId, BOTTOM, clock);
    const refused = assertThrows(() => nobody.setValue(1), CrdtError);
    assertEquals(refused.code, "bad-node-id");
  }
  assertEquals(held.state, BOTTOM);
});

Deno.test("lwwRegister.rows refuses what is no message of a register", () => {
  const good = { timestamp: 1, nodeId: "a", value: 1 };
  const cases: [message: unknown, code: string, path: string][] = [
    [null, "bad-message", ""],
    [undefined, "bad-message", ""],
    ["text", "bad-message", ""],
    [new Map([["k", good]]), "bad-message", ""],
    [{ type: "add", value: 1 }, "bad-timestamp", ".timestamp"],
    [{ timestamp: 1, nodeId: "a" }, "bad-message", ""],
    [{ ...good, timestamp: -1 }, "bad-timestamp", ".timestamp"],
    [{ ...good, timestamp: 1.5 }, "bad-timestamp", ".timestamp"],
    [{ ...good, timestamp: 2 ** 53 }, "bad-timestamp", ".timestamp"],
    [{ ...good, timestamp: "1" }, "bad-timestamp", ".timestamp"],
    [{ ...good, timestamp: 1n }, "bad-timestamp", ".timestamp"],
    [{ ...good, nodeId: "" }, "bad-node-id", ".nodeId"],
    [{ ...good, nodeId: "ü" }, "bad-node-id", ".nodeId"],
    [{ ...good, nodeId: 7 }, "bad-node-id", ".nodeId"],
    [{ ...good, nodeId: "x".repeat(65) }, "bad-node-id", ".nodeId"],
    [{ ...good, value: [NaN] }, "bad-value", ".value[0]"],
  ];
  for (const [message, code, path] of cases) {
    const error = assertThrows(
      () => lwwRegister.rows(message as never),
      CrdtError,
    );
    assertEquals([error.code, error.path], [code, path]);
  }
  assertEquals([...lwwRegister.rows({ ...good, ...{ extra: 1 } })], [
    ["", good],
  ]);
});

Deno.test("lwwRegister folds its one row, and undefined without one", () => {
  const state = { timestamp: 3, nodeId: "b", value: [1] };
  assertEquals(folded(lwwRegister, [["", state]]).crdt.state, state);
  const { crdt } = folded(lwwRegister, []);
  assertEquals(crdt.getValue(), undefined);
  assertEquals(crdt.setValue(1).message, {
    timestamp: 1,
    nodeId: "me",
    value: 1,
  });
  assertThrows(() => lwwRegister.message([]), CrdtError, "no row");
  assert(lwwRegister.faultOf("k", state) !== null);
  assert(lwwRegister.isLive({ ...state, value: null }));
});

Deno.test("lwwRegister.initRows is bottom, which every write beats", () => {
  const rows = [...lwwRegister.initRows("init")];
  assertEquals(rows, [["", BOTTOM]]);
  const first = { timestamp: 0, nodeId: "a", value: "" };
  assertStrictEquals(lwwRegister.join(BOTTOM, first), first);
  assertStrictEquals(lwwRegister.join(first, BOTTOM), first);
  assertThrows(() => lwwRegister.initRows(() => 1), ValueError);
});
