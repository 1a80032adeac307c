import { assertEquals, assertStrictEquals } from "@std/assert";
import type { CRDT, MutationResult } from "../../shared/crdt/contract.ts";
import { GSet } from "../../shared/crdt/gset.ts";
import { HybridClock } from "../../shared/crdt/hlc.ts";
import { LWWMap } from "../../shared/crdt/lww_map.ts";
import { LWWRegister } from "../../shared/crdt/lww_register.ts";
import { arbitraryText } from "./arbitrary_text.ts";
import { arbitraryValue } from "./arbitrary_value.ts";
import { forSeeds, type Seeded } from "./seeded.ts";

const NODES = ["c", "a", "b"] as const;

/** A clock as coarse and as wrong as they come, so that stamps tie. */
function looseClock(chance: Seeded) {
  return { now: () => 1 + chance.below(4) };
}

type Replica<Message> = CRDT<unknown, Message>;

interface Subject<C extends Replica<Message>, Message> {
  readonly start: (nodeId: string, chance: Seeded) => C;
  readonly mutate: (crdt: C, chance: Seeded) => MutationResult<C, Message>;
}

/** Each replica mutates and hears of the others in an order of its own, twice. */
function converge<C extends Replica<Message>, Message>(
  { start, mutate }: Subject<C, Message>,
): void {
  forSeeds(300, (chance) => {
    let replicas = NODES.map((nodeId) => start(nodeId, chance));
    const sent: Message[] = [];
    for (let step = 0; step < 12; step++) {
      const at = chance.below(replicas.length);
      const heard = sent.filter(() => chance.below(4) === 0);
      const before = heard.reduce((crdt, m) => crdt.apply(m), replicas[at]!);
      const old = before.getValue();
      const { updatedCrdt, message } = mutate(before, chance);
      assertEquals(before.getValue(), old, "the old version is unchanged");
      if (message === null) assertStrictEquals(updatedCrdt, before);
      else sent.push(message);
      replicas = replicas.with(at, updatedCrdt);
    }
    const values = replicas.map((replica) =>
      chance.shuffled([...sent, ...sent])
        .reduce((crdt, message) => crdt.apply(message), replica).getValue()
    );
    assertEquals(values[1], values[0]);
    assertEquals(values[2], values[0]);
    const all = sent.reduce((crdt, m) => crdt.apply(m), replicas[0]!);
    for (const message of sent) assertStrictEquals(all.apply(message), all);
  });
}

Deno.test("LWWRegister converges in any order, with doubles and ties", () => {
  converge({
    start: (nodeId, chance) =>
      new LWWRegister<unknown>(
        nodeId,
        { timestamp: 0, nodeId: "", value: 0 },
        looseClock(chance),
      ),
    mutate: (crdt, chance) => crdt.setValue(arbitraryValue(chance, 1)),
  });
});

Deno.test("LWWMap converges in any order, with doubles and ties", () => {
  converge({
    start: (nodeId, chance) =>
      LWWMap.startEmpty<unknown>(nodeId, looseClock(chance)),
    mutate: (crdt, chance) => {
      const key = arbitraryText(chance, 1);
      return chance.below(3) === 0
        ? crdt.removeKey(key)
        : crdt.setValueForKey(key, arbitraryValue(chance, 1));
    },
  });
});

Deno.test("GSet converges in any order, with doubles", () => {
  converge({
    start: () => new GSet<unknown>(),
    mutate: (crdt, chance) => crdt.add(arbitraryValue(chance, 1)),
  });
});

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
