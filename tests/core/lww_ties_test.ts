import { assertEquals } from "@std/assert";
import { HybridClock } from "../../shared/crdt/hlc.ts";
import { LWWMap } from "../../shared/crdt/lww_map.ts";
import { LWWRegister } from "../../shared/crdt/lww_register.ts";
import { forSeeds } from "./seeded.ts";

Deno.test("LWWRegister and LWWMap converge when one id writes twice at a time", () => {
  forSeeds(300, (chance) => {
    const states = chance.many(4, () => ({
      timestamp: chance.below(2),
      nodeId: "same",
      value: chance.below(5),
    }));
    const results = chance.many(2, () => {
      const order = chance.shuffled(states);
      const register = order.reduce(
        (crdt, state) => crdt.apply(state),
        new LWWRegister("x", order[0]!),
      );
      const map = order.reduce(
        (crdt, state) => crdt.apply(new Map([["k", state]])),
        LWWMap.startEmpty<number>("y"),
      );
      assertEquals(map.getValueForKey("k"), register.getValue());
      return register.state;
    });
    assertEquals(results[1], results[0]);
  });
});

Deno.test("a write beats what its writer had seen, however slow its clock is", () => {
  const clock = new HybridClock(() => 1);
  const seen = { timestamp: 9_000_000, nodeId: "z", value: "theirs" };
  const register = new LWWRegister("a", seen, clock).setValue("mine");
  assertEquals(register.message?.timestamp, 9_000_001);
  assertEquals(
    new LWWRegister("b", seen).apply(register.message!).getValue(),
    "mine",
  );
  const map = LWWMap.fromState("a", new Map([["k", seen]]), clock);
  const { message } = map.removeKey("k");
  assertEquals(message?.get("k"), {
    timestamp: 9_000_001,
    nodeId: "a",
    value: null,
  });
});
