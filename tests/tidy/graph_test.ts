import { assertEquals } from "@std/assert";
import { findCycle, findUnreached, type Graph } from "./graph.ts";

const TREE: Graph = new Map([["a", ["b", "c"]], ["b", ["c"]], ["c", []]]);
const RING: Graph = new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]]);

Deno.test("findCycle names the files of a cycle and none beside them", () => {
  assertEquals(findCycle(RING), ["b", "c", "b"]);
  assertEquals(findCycle(TREE), undefined);
});

Deno.test("findUnreached follows uses of uses", () => {
  assertEquals(findUnreached(TREE, (file) => file === "a"), []);
  assertEquals(findUnreached(TREE, (file) => file === "b"), ["a"]);
});
