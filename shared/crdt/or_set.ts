import { compareKeys } from "../codec/key_order.ts";
import { describe } from "../codec/describe.ts";
import type { DeltaBasedCRDT, MutationResult, RowSource } from "./contract.ts";
import { crdtError } from "./crdt_error.ts";
import { defineCrdt, type DefinedCrdt } from "./define_crdt.ts";
import { NO_DOT } from "./dot.ts";
import {
  elementFault,
  elementKey,
  keyIfSmall,
  sentElementKey,
} from "./element_key.ts";
import { nodeIdFault } from "./node_id.ts";
import { VersionedRows } from "./versioned_rows.ts";
import { writerId } from "./lww_row.ts";
import {
  addition,
  applyElement,
  isIn,
  joinElements,
  type ORSetRow,
  readElement,
  removal,
  renamedElement,
  retireActors,
  unseenAddition,
  writeElement,
} from "./or_set_row.ts";

/** Elements by key, with what is known of their additions. */
export type ORSetState<VT> = Map<string, ORSetRow<VT>>;

/**
 * A set that elements are added to and removed from. A removal takes what its
 * author had seen: an addition that it did not know of wins. What has the same
 * canonical bytes is the same element.
 *
 * ```ts
 * import { ORSet } from "@zonekit/shared";
 *
 * const { updatedCrdt: ann, message } = ORSet.startEmpty<string>("ann").add("a");
 * const ben = ORSet.startEmpty<string>("ben").apply(message!);
 * console.assert(ben.has("a"));
 * console.assert(!ann.apply(ben.remove("a").message!).has("a"));
 * ```
 */
export class ORSet<VT> implements DeltaBasedCRDT<Set<VT>, ORSetState<VT>> {
  /** The node this replica is at, which its additions are numbered under. */
  readonly nodeId: string;
  readonly #rows: VersionedRows<ORSetRow<VT>>;

  private constructor(nodeId: string, rows: VersionedRows<ORSetRow<VT>>) {
    this.nodeId = nodeId;
    this.#rows = rows;
  }

  /** Makes an empty set. */
  static startEmpty<VT>(nodeId: string): ORSet<VT> {
    return new ORSet(nodeId, VersionedRows.of<ORSetRow<VT>>(new Map(), isIn));
  }

  /** Makes a set of a state; throws `CrdtError` when it is none. */
  static fromState<VT>(nodeId: string, state: ORSetState<VT>): ORSet<VT> {
    const rows = new Map(parseState(state) as ORSetState<VT>);
    return new ORSet(nodeId, VersionedRows.of(rows, isIn));
  }

  /** Makes a set that reads its rows where they are, when they are asked for. */
  static overRows<VT>(
    nodeId: string,
    rows: RowSource<ORSetRow<VT>>,
  ): ORSet<VT> {
    return new ORSet(nodeId, VersionedRows.over(rows, isIn));
  }

  /** Returns the elements, in the order of their keys. */
  getValue(): Set<VT> {
    const values = new Set<VT>();
    for (const [, row] of this.#rows.entries()) {
      if (isIn(row)) values.add(row.value);
    }
    return values;
  }

  /** Says whether an element with the same bytes is in the set. */
  has(item: VT): boolean {
    const key = keyIfSmall(item);
    const row = key === null ? undefined : this.#rows.get(key);
    return row !== undefined && isIn(row);
  }

  /** Returns how many elements are in the set. */
  countElements(): number {
    return this.#rows.countLive();
  }

  /** What is known of all elements, by key. */
  get state(): ORSetState<VT> {
    return new Map(this.#rows.entries());
  }

  /**
   * Adds an element; one that is in already is no change. Throws `ValueError`,
   * or `CrdtError` for an element of more than 768 bytes.
   */
  add(newItem: VT): MutationResult<ORSet<VT>, ORSetState<VT>> {
    const key = elementKey(newItem);
    const held = this.#rows.get(key);
    if (held && isIn(held)) return { updatedCrdt: this, message: null };
    return this.#changed(key, addition(newItem, held, writerId(this.nodeId)));
  }

  /** Removes an element; one that is not in is no change. Throws as `add` does. */
  remove(item: VT): MutationResult<ORSet<VT>, ORSetState<VT>> {
    const key = elementKey(item);
    const held = this.#rows.get(key);
    if (!held || !isIn(held)) return { updatedCrdt: this, message: null };
    return this.#changed(key, removal(held));
  }

  /** Takes in a delta or a whole state; returns itself when it holds no news. */
  apply(remoteDelta: ORSetState<VT>): this {
    const news = parseState(remoteDelta) as ORSetState<VT>;
    const rows = this.#rows.joinAll(news, joinElements<VT>);
    return rows === this.#rows ? this : new ORSet(this.nodeId, rows) as this;
  }

  #changed(
    key: string,
    change: ORSetRow<VT>,
  ): MutationResult<ORSet<VT>, ORSetState<VT>> {
    const row = joinElements(this.#rows.get(key), change);
    const updatedCrdt = this.#with(new Map([[key, row]]));
    return { updatedCrdt, message: new Map([[key, change]]) };
  }

  #with(changes: ORSetState<VT>): ORSet<VT> {
    return new ORSet(this.nodeId, this.#rows.withAll(changes));
  }
}

/** Returns a message whose rows stand where they should; throws `CrdtError` for any other. */
function parseState(message: unknown): ORSetState<unknown> {
  if (!(message instanceof Map)) {
    const wanted = "a Map of elements with their additions";
    throw crdtError("bad-message", "", describe(message), wanted);
  }
  for (const [key, row] of message) {
    const path = `[${JSON.stringify(key)}]`;
    if (!isRow(row)) {
      const wanted = "{ value, live, removed }";
      throw crdtError("bad-message", path, describe(row), wanted);
    }
    if (sentElementKey(row.value, `${path}.value`) === key) continue;
    const wanted = "the key of its element";
    throw crdtError("bad-key", path, "another key", wanted);
  }
  return message;
}

function isRow(row: unknown): row is ORSetRow<unknown> {
  return typeof row === "object" && row !== null && "value" in row &&
    "live" in row && areCounters(row.live) &&
    "removed" in row && areCounters(row.removed);
}

function areCounters(counters: unknown): boolean {
  return counters instanceof Map &&
    [...counters].every(([actor, counter]) =>
      nodeIdFault(actor) === null && Number.isSafeInteger(counter) &&
      counter >= 0
    );
}

function initRows(init: unknown): [string, ORSetRow<unknown>][] {
  if (!(init instanceof Set || Array.isArray(init))) {
    throw crdtError("bad-init", "", describe(init), "a Set or an array");
  }
  const rows: ORSetState<unknown> = new Map();
  for (const value of init) {
    const live = new Map([[NO_DOT.actor, NO_DOT.counter]]);
    rows.set(elementKey(value), { value, live, removed: new Map() });
  }
  return [...rows].sort((a, b) => compareKeys(a[0], b[0]));
}

/** The rules of `ORSet`: a row an element. */
export const orSet: DefinedCrdt<
  "ORSet",
  ORSet<unknown>,
  ORSetState<unknown>,
  ORSetRow<unknown>
> = /* @__PURE__ */ defineCrdt({
  name: "ORSet",
  delivery: "causal",
  rows: (message: ORSetState<unknown>) => parseState(message),
  message: (rows): ORSetState<unknown> => new Map(rows),
  apply: applyElement<unknown>,
  join: joinElements<unknown>,
  fold: (nodeId, _clock, rows) => ORSet.overRows(nodeId, rows),
  initRows,
  isLive: isIn,
  valueOf: (row) => row.value,
  rename: () => (key, change, dot, kept) => [
    [key, renamedElement(change, dot, kept)],
  ],
  missing: (key, change, rowAt, dot, isAnswered) =>
    unseenAddition(rowAt(key), change, dot, isAnswered),
  retire: retireActors<unknown>,
  faultOf: (key, row) => elementFault(key, row.value),
  writeRow: writeElement,
  readRow: readElement,
});
