import { compareKeys } from "../codec/key_order.ts";
import { describe } from "../codec/describe.ts";
import { assertValue, equalValues } from "../codec/value.ts";
import type {
  Clock,
  DeltaBasedCRDT,
  MutationResult,
  RowSource,
} from "./contract.ts";
import { crdtError } from "./crdt_error.ts";
import { defineCrdt, type DefinedCrdt } from "./define_crdt.ts";
import { givenItems } from "./given_items.ts";
import { KEY_BYTES_MAX, keyFault } from "./key_fault.ts";
import { VersionedRows } from "./versioned_rows.ts";
import {
  checkLww,
  checkSentLww,
  joinLww,
  type LWWRegisterState,
  readLww,
  readLwwChange,
  restampLww,
  writeLww,
  writeLwwChange,
  writerId,
} from "./lww_row.ts";
import { BOTTOM, timestampAfter } from "./stamp.ts";
import { systemClock } from "./system_clock.ts";

/** A register a key; a value of `null` or `undefined` is a tombstone. */
export type LWWMapState<VT> = Map<
  string,
  LWWRegisterState<VT | null | undefined>
>;

type Row<VT> = LWWRegisterState<VT | null | undefined>;

function isLive(row: Row<unknown>): boolean {
  return row.value !== null && row.value !== undefined;
}

function checkKey(key: unknown): void {
  const fault = keyFault(key);
  if (fault === null) return;
  const path = typeof key === "string" ? `[${JSON.stringify(key)}]` : "";
  const wanted = `well-formed text of at most ${KEY_BYTES_MAX} bytes`;
  throw crdtError("bad-key", path, fault, wanted);
}

/** Returns a message that is one, or throws `CrdtError`. */
function checked(
  message: unknown,
  check: (row: unknown, key: string) => void,
): LWWMapState<unknown> {
  if (!(message instanceof Map)) {
    const wanted = "a Map of register states";
    throw crdtError("bad-message", "", describe(message), wanted);
  }
  for (const [key, row] of message) {
    checkKey(key);
    check(row, key);
  }
  return message;
}

/** Named values, each the last writer's. */
export class LWWMap<VT>
  implements DeltaBasedCRDT<Map<string, VT>, LWWMapState<VT>> {
  /** The node this replica is at, which its writes are signed with. */
  readonly nodeId: string;
  readonly #rows: VersionedRows<Row<VT>>;
  readonly #clock: Clock;

  private constructor(
    nodeId: string,
    rows: VersionedRows<Row<VT>>,
    clock: Clock,
  ) {
    this.nodeId = nodeId;
    this.#rows = rows;
    this.#clock = clock;
  }

  /** Makes an empty map; the default clock runs over the system's time. */
  static startEmpty<VT>(
    nodeId: string,
    clock: Clock = systemClock,
  ): LWWMap<VT> {
    const rows = VersionedRows.of<Row<VT>>(new Map(), isLive);
    return new LWWMap(nodeId, rows, clock);
  }

  /** Makes a map of a state; throws `CrdtError` when it is none. */
  static fromState<VT>(
    nodeId: string,
    state: LWWMapState<VT>,
    clock: Clock = systemClock,
  ): LWWMap<VT> {
    const rows = new Map(checked(state, checkLww)) as LWWMapState<VT>;
    return new LWWMap(nodeId, VersionedRows.of(rows, isLive), clock);
  }

  /** Makes a map that reads its rows where they are, when they are asked for. */
  static overRows<VT>(
    nodeId: string,
    rows: RowSource<LWWRegisterState<VT | null | undefined>>,
    clock: Clock,
  ): LWWMap<VT> {
    return new LWWMap(nodeId, VersionedRows.over(rows, isLive), clock);
  }

  /** Returns the value at a key; `undefined` where there is none. */
  getValueForKey(key: string): VT | null | undefined {
    return this.#rows.get(key)?.value ?? undefined;
  }

  /** Says whether there is a value at a key. */
  hasKey(key: string): boolean {
    return this.getValueForKey(key) !== undefined;
  }

  /** Returns how many keys have a value. */
  countKeys(): number {
    return this.#rows.countLive();
  }

  /** Returns the values by key, in key order. */
  getValue(): Map<string, VT> {
    const values = new Map<string, VT>();
    for (const [key, { value }] of this.#rows.entries()) {
      if (value !== null && value !== undefined) values.set(key, value);
    }
    return values;
  }

  /** The registers by key, in key order, tombstones included. */
  get state(): LWWMapState<VT> {
    return new Map(this.#rows.entries());
  }

  /** Removes a value; where there is none it is no change. */
  removeKey(key: string): MutationResult<LWWMap<VT>, LWWMapState<VT>> {
    return this.setValueForKey(key, null);
  }

  /**
   * Writes a value, or removes it with `null`; an equal one is no change.
   * Throws `ValueError`, or `CrdtError` for a bad key.
   */
  setValueForKey(
    key: string,
    value: VT | null,
  ): MutationResult<LWWMap<VT>, LWWMapState<VT>> {
    const held = this.#rows.get(key);
    const row = this.#written(key, value, held);
    if (row === null) return { updatedCrdt: this, message: null };
    const message: LWWMapState<VT> = new Map();
    message.set(key, row);
    const updatedCrdt = this.#over(this.#rows.with(key, row, held));
    return { updatedCrdt, message };
  }

  /**
   * Writes many values in one go, or removes them with `null`; those that are
   * equal are left out, and of one key's the last counts. Throws as
   * `setValueForKey` does, and then nothing is written.
   */
  setValues(
    values: Iterable<readonly [key: string, value: VT | null]>,
  ): MutationResult<LWWMap<VT>, LWWMapState<VT>> {
    const message: LWWMapState<VT> = new Map();
    let at = 0;
    for (const entry of givenItems(values)) {
      if (!Array.isArray(entry)) {
        const found = describe(entry);
        throw crdtError("bad-value", `[${at}]`, found, "[key, value]");
      }
      at++;
      const [key, value] = entry;
      const held = message.get(key) ?? this.#rows.get(key);
      const row = this.#written(key, value, held);
      if (row !== null) message.set(key, row);
    }
    if (message.size === 0) return { updatedCrdt: this, message: null };
    return { updatedCrdt: this.#over(this.#rows.withAll(message)), message };
  }

  /** The row that writes a value over another; `null` where that is an equal one. */
  #written(
    key: string,
    value: VT | null,
    held: Row<VT> | undefined,
  ): Row<VT> | null {
    checkKey(key);
    assertValue(value);
    if (equalValues(value ?? null, held?.value ?? null)) return null;
    const nodeId = writerId(this.nodeId);
    const timestamp = timestampAfter(this.#clock, held?.timestamp ?? 0);
    return { timestamp, nodeId, value: value ?? null };
  }

  /** Takes in a delta or a whole state; returns itself when it holds no news. */
  apply(remoteDelta: LWWMapState<VT>): this {
    const delta = checked(remoteDelta, checkLww) as LWWMapState<VT>;
    const rows = this.#rows.joinAll(delta, joinLww);
    return rows === this.#rows ? this : this.#over(rows) as this;
  }

  #over(rows: VersionedRows<Row<VT>>): LWWMap<VT> {
    return new LWWMap(this.nodeId, rows, this.#clock);
  }
}

function initRows(init: unknown): [string, Row<unknown>][] {
  if (!(init instanceof Map)) {
    throw crdtError("bad-init", "", describe(init), "a Map of values");
  }
  const rows: [string, Row<unknown>][] = [];
  for (const [key, value] of init) {
    checkKey(key);
    assertValue(value);
    const row = { ...BOTTOM, value };
    if (isLive(row)) rows.push([key, row]);
  }
  return rows.sort((a, b) => compareKeys(a[0], b[0]));
}

/** The rules of `LWWMap`: a row a key, tombstones included. */
export const lwwMap: DefinedCrdt<
  "LWWMap",
  LWWMap<unknown>,
  LWWMapState<unknown>,
  LWWRegisterState<unknown>
> = /* @__PURE__ */ defineCrdt({
  name: "LWWMap",
  rows: (message: LWWMapState<unknown>): LWWMapState<unknown> =>
    checked(message, checkSentLww),
  message: (rows): LWWMapState<unknown> => new Map(rows),
  join: joinLww<unknown>,
  fold: (nodeId, clock, rows) => LWWMap.overRows(nodeId, rows, clock),
  initRows,
  isLive,
  valueOf: (row) => row.value ?? undefined,
  stampOf: (row) => row,
  restamp: restampLww,
  faultOf: keyFault,
  writeRow: writeLww,
  readRow: readLww,
  writeChange: writeLwwChange,
  readChange: readLwwChange,
});
