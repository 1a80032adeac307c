import { describe } from "../codec/describe.ts";
import { compareKeys } from "../codec/key_order.ts";
import { encodeValue } from "../codec/value.ts";
import { ValueError } from "../codec/value_error.ts";
import { encodeBase64Url } from "./base64url.ts";
import type {
  CrdtContract,
  MutationResult,
  OperationBasedCRDT,
  RowSource,
} from "./contract.ts";
import { crdtError } from "./crdt_error.ts";
import { LayeredRows } from "./layered_rows.ts";
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

/** How many canonical bytes an element may have: as base64url they fit a key. */
export const ELEMENT_BYTES_MAX = 768;

const isLive = () => true;

/** Returns the key of an element, `null` for one too large; throws `ValueError`. */
function keyIfSmall(element: unknown): string | null {
  const bytes = encodeValue(element);
  return bytes.length > ELEMENT_BYTES_MAX ? null : encodeBase64Url(bytes);
}

/** Returns the key of an element; throws `ValueError` or `CrdtError`. */
function keyOf(element: unknown): string {
  const key = keyIfSmall(element);
  if (key !== null) return key;
  const found = `an element of ${encodeValue(element).length} bytes`;
  const wanted = `at most ${ELEMENT_BYTES_MAX}`;
  throw crdtError("element-too-large", "", found, wanted);
}

/** A set that only grows; what is the same bytes is the same element. */
export class GSet<VT> implements OperationBasedCRDT<Set<VT>, GSetOp<VT>> {
  #rows: LayeredRows<GSetRow<VT>>;

  /** Makes a set of these elements. */
  constructor(initialSet?: Iterable<VT>) {
    const rows = new Map<string, GSetRow<VT>>();
    for (const value of initialSet ?? []) {
      const key = keyOf(value);
      if (!rows.has(key)) rows.set(key, { value });
    }
    this.#rows = LayeredRows.of(rows, isLive);
  }

  /** Makes a set that reads its rows where they are, when they are asked for. */
  static overRows<VT>(rows: RowSource<GSetRow<VT>>): GSet<VT> {
    return GSet.#holding(LayeredRows.over(rows, isLive));
  }

  static #holding<VT>(rows: LayeredRows<GSetRow<VT>>): GSet<VT> {
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
    const key = keyOf(newItem);
    if (this.#rows.get(key) !== undefined) {
      return { updatedCrdt: this, message: null };
    }
    const rows = this.#rows.with(new Map([[key, { value: newItem }]]));
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
  try {
    return [[keyOf(value), { value }]];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const path = `.value${error.path}`;
    throw crdtError("bad-value", path, error.found, error.wanted);
  }
}

function initRows(init: unknown): Iterable<[string, GSetRow<unknown>]> {
  if (!(init instanceof Set || Array.isArray(init))) {
    throw crdtError("bad-init", "", describe(init), "a Set or an array");
  }
  const rows = new Map<string, GSetRow<unknown>>();
  for (const value of init) rows.set(keyOf(value), { value });
  return [...rows].sort((a, b) => compareKeys(a[0], b[0]));
}

/** The rules of `GSet`: a row an element. */
export const gset: CrdtContract<
  GSet<unknown>,
  GSetOp<unknown>,
  GSetRow<unknown>
> = {
  name: "GSet",
  rows: rowsOf,
  message: (rows) => ({ type: "add", value: theOneRow("GSet", rows).value }),
  join: (held, incoming) => held ?? incoming,
  fold: (_nodeId, _clock, rows) => GSet.overRows(rows),
  initRows,
  isLive,
  valueOf: (row) => row.value,
  stampOf: () => null,
  restamp: (row) => row,
  makes: () => [],
  needs: () => [],
  faultOf: (key, row) =>
    key === keyIfSmall(row.value)
      ? null
      : "an element stands at the key it gives",
  writeRow: (writer, row) => writer.value(row.value),
  readRow: (reader) => ({ value: reader.value() }),
};
