import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { Command, LawSubject } from "@zonekit/laws";
import type { MutationResult } from "../../shared/crdt/contract.ts";
import type { Run } from "../../shared/crdt/sequence/run.ts";
import {
  Sequence,
  type SequenceState,
} from "../../shared/crdt/sequence/sequence.ts";
import { sequence } from "../../shared/crdt/sequence/sequence_type.ts";

type State = SequenceState<unknown>;
type Does = Command<Sequence<unknown>, State>;

function inserts(at: number, values: readonly unknown[], name = ""): Does {
  return {
    name: `${name}insert ${values} at ${at}`,
    run: (crdt) => inserted(crdt, at % (crdt.length + 1), values),
  };
}

/** Typing at the end is what goes on with a run, and what several do at one place. */
function appends(values: readonly unknown[]): Does {
  return {
    name: `append ${values}`,
    run: (crdt) => inserted(crdt, crdt.length, values),
  };
}

function deletes(at: number, count: number, name = ""): Does {
  return {
    name: `${name}delete ${count} at ${at}`,
    run: (crdt) => {
      const from = crdt.length === 0 ? 0 : at % crdt.length;
      const out = Math.min(count, crdt.length - from);
      const wanted = crdt.getValue().toSpliced(from, out);
      return followed(crdt.delete(from, out), wanted);
    },
  };
}

function inserted(
  crdt: Sequence<unknown>,
  at: number,
  values: readonly unknown[],
) {
  const wanted = crdt.getValue().toSpliced(at, 0, ...values);
  return followed(crdt.insert(at, values), wanted);
}

/** What a mutator gave, which must be what an array becomes. */
function followed(
  result: MutationResult<Sequence<unknown>, State>,
  wanted: readonly unknown[],
) {
  assertEquals(result.updatedCrdt.getValue(), wanted);
  return result;
}

const VALUES = ["a", "b", "\u{1f600}", "xy", 1, null];

/** An element as the paper has it: one node of the tree. */
interface Node {
  readonly run: string;
  readonly value: unknown;
  readonly children: { left: Node[]; right: Node[] };
}

/** The paper's own walk, over a tree with a node an element. */
function walk({ value, children }: Node): unknown[] {
  const byRun = (nodes: Node[]) =>
    nodes.sort((a, b) => a.run < b.run ? -1 : 1).flatMap(walk);
  const own = value === GONE ? [] : [value];
  return [...byRun(children.left), ...own, ...byRun(children.right)];
}

const GONE = Symbol("gone");

/** What is known of all elements. */
function elementsOf(messages: readonly State[]) {
  const heads = new Map<string, Run<unknown>["head"]>();
  const values = new Map<string, Map<number, unknown>>();
  for (const [key, { head, pieces }] of messages.flatMap((m) => [...m])) {
    if (head) heads.set(key, head);
    const known = values.get(key) ?? new Map();
    values.set(key, known);
    for (const { from, count, elements } of pieces) {
      const list = elements === null ? null : [...elements];
      for (let i = 0; i < count; i++) {
        if (list === null) known.set(from + i, GONE);
        else if (!known.has(from + i)) known.set(from + i, list[i]);
      }
    }
  }
  return { heads, values };
}

function valueOf(messages: readonly State[]): unknown[] {
  const { heads, values } = elementsOf(messages);
  const root: Node = {
    run: "",
    value: GONE,
    children: { left: [], right: [] },
  };
  const nodes = new Map<string, Node>();
  // Until nothing more can be hung on what is there.
  for (let before = -1; before < nodes.size;) {
    before = nodes.size;
    for (const [run, known] of values) {
      for (const [at, value] of known) {
        const name = `${run}:${at}`;
        if (nodes.has(name)) continue;
        const head = at > 0
          ? { parent: { run, at: at - 1 }, side: "right" as const }
          : heads.get(run);
        if (!head) continue;
        const parent = head.parent
          ? nodes.get(`${head.parent.run}:${head.parent.at}`)
          : root;
        if (!parent) continue;
        const node = { run, value, children: { left: [], right: [] } };
        parent.children[head.side].push(node);
        nodes.set(name, node);
      }
    }
  }
  return walk(root);
}

/** How a sequence is put to the proof. */
export const SEQUENCE: LawSubject<
  Sequence<unknown>,
  State,
  Run<unknown>,
  Run<unknown>
> = {
  type: sequence,
  start: (nodeId, clock) => Sequence.startEmpty<unknown>(nodeId, clock),
  stateOf: (crdt) =>
    new Map([...crdt.state].map(([key, { head, pieces }]) => [
      key,
      [head, ...pieces],
    ])),
  command: fc.oneof(
    fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 })
      .map(appends),
    fc.tuple(
      fc.nat(9),
      fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
    ).map(([at, values]) => inserts(at, values)),
    fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 3 }))
      .map(([at, count]) => deletes(at, count)),
  ),
  few: [
    inserts(0, ["a", "b"], "0 "),
    inserts(1, ["c"], "1 "),
    deletes(0, 2, "2 "),
    inserts(1, ["d"], "3 "),
  ],
  oracle: (sent) => valueOf(sent.map(({ message }) => message)),
};
