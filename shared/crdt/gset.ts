import { describe } from "../codec/describe.ts";
import { compareKeys } from "../codec/key_order.ts";
import type {
  MutationResult,
  OperationBasedCRDT,
  RowSource,
} from "./contract.ts";
import { crdtError } from "./crdt_error.ts";
import { defineCrdt, type DefinedCrdt } from "./define_crdt.ts";
import {
  elementFault,
  elementKey,
  keyIfSmall,
  sentElementKey,
} from "./element_key.ts";
import { givenItems } from "./given_items.ts";
import { VersionedRows } from "./versioned_rows.ts";
import { theOneRow } from "./register_row.ts";

/** The one operation: an element is in the set from now on. */
export type GSetOp<VT> = {
  /** Always `add`. */
  type: "add";
  /** The element. */
  value: VT;
};

/** An element as it is stored, at the key that its bytes give. */
export type GSetRow<VT> = {
  /** The element. */
  readonly value: VT;
};

const isLive = () => true;

/** A set that only grows; what is the same bytes is the same element. */
export class GSet<VT> implements OperationBasedCRDT<Set<VT>, GSetOp<VT>> {
  #rows: VersionedRows<GSetRow<VT>>;

  /** Makes a set of these elements. */
  constructor(initialSet?: Iterable<VT>) {
    const rows = new Map<string, GSetRow<VT>>();
    for (const value of givenItems(initialSet ?? [])) {
      const key = elementKey(value);
      if (!rows.has(key)) rows.set(key, { value });
    }
    this.#rows = VersionedRows.of(rows, isLive);
  }

  /** Makes a set that reads its rows where they are, when they are asked for. */
  static overRows<VT>(rows: RowSource<GSetRow<VT>>): GSet<VT> {
    return GSet.#holding(VersionedRows.over(rows, isLive));
  }

  static #holding<VT>(rows: VersionedRows<GSetRow<VT>>): GSet<VT> {
    const set = new GSet<VT>();
    set.#rows = rows;
    return set;
  }

  /** Returns the elements, in the order of their keys. */
  getValue(): Set<VT> {
    const values = new Set<VT>();
    for (const [, row] of this.#rows.entries()) values.add(row.value);
    return values;
  }

  /** Says whether an element with the same bytes is in the set. */
  has(item: VT): boolean {
    const key = keyIfSmall(item);
    return key !== null && this.#rows.get(key) !== undefined;
  }

  /**
   * Adds an element; one that is in already is no change. Throws `ValueError`,
   * or `CrdtError` for an element of more than 768 bytes.
   */
  add(newItem: VT): MutationResult<this, GSetOp<VT>> {
    const key = elementKey(newItem);
    if (this.#rows.get(key) !== undefined) {
      return { updatedCrdt: this, message: null };
    }
    const rows = this.#rows.with(key, { value: newItem }, undefined);
    const updatedCrdt = GSet.#holding(rows) as this;
    return { updatedCrdt, message: { type: "add", value: newItem } };
  }

  /** Takes in an addition; returns itself when the element is known. */
  apply(remoteOp: GSetOp<VT>): this {
    return this.add(parseOp(remoteOp) as VT).updatedCrdt;
  }
}

/** Returns the element that an operation from outside adds. */
function parseOp(message: unknown): unknown {
  const isAdd = typeof message === "object" && message !== null &&
    "type" in message && message.type === "add" && "value" in message;
  if (isAdd) return message.value;
  const wanted = '{ type: "add", value }';
  throw crdtError("bad-message", "", describe(message), wanted);
}

function rowsOf(message: unknown): [string, GSetRow<unknown>][] {
  const value = parseOp(message);
  return [[sentElementKey(value, ".value"), { value }]];
}

function initRows(init: unknown): Iterable<[string, GSetRow<unknown>]> {
  if (!(init instanceof Set || Array.isArray(init))) {
    throw crdtError("bad-init", "", describe(init), "a Set or an array");
  }
  const rows = new Map<string, GSetRow<unknown>>();
  for (const value of init) rows.set(elementKey(value), { value });
  return [...rows].sort((a, b) => compareKeys(a[0], b[0]));
}

/** The rules of `GSet`: a row an element. */
export const gset: DefinedCrdt<
  "GSet",
  GSet<unknown>,
  GSetOp<unknown>,
  GSetRow<unknown>
> = /* @__PURE__ */ defineCrdt({
  name: "GSet",
  rows: (message: GSetOp<unknown>) => rowsOf(message),
  message: (rows): GSetOp<unknown> => ({
    type: "add",
    value: theOneRow("GSet", rows).value,
  }),
  join: (held: GSetRow<unknown> | undefined, incoming: GSetRow<unknown>) =>
    held ?? incoming,
  fold: (_nodeId, _clock, rows) => GSet.overRows(rows),
  initRows,
  isLive,
  valueOf: (row) => row.value,
  faultOf: (key, row) => elementFault(key, row.value),
  writeRow: (writer, row) => writer.value(row.value),
  readRow: (reader) => ({ value: reader.value() }),
});
