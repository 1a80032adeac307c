/**
 * Tables of rows that never change, and cost no more than one that does. All
 * versions share one table: the newest owns it, and an older one holds the way
 * back, what stood where the next one wrote (Baker, "Shallow binding makes
 * functional arrays fast", 1991). One that is written, or read more than it
 * would cost to copy, copies itself off.
 *
 * @module
 */

import { compareKeys } from "../codec/key_order.ts";
import type { RowSource } from "./contract.ts";
import { overlay } from "./overlay.ts";

/** Copying so few rows is no work. */
const FEW = 32;
/** So many times its size is written before a version that is still held gets a copy of its own. */
const HELD_WRITES = 8;

/** The rows of the newest version, with their key order found out when it is asked for. */
class Table<Row> {
  readonly rows: Map<string, Row>;
  /** Writes since a version was noted down. */
  writes = 0;
  /** That version: what is older holds nothing beyond it, once it has its own copy. */
  noted: WeakRef<VersionedRows<Row>> | null = null;
  #sorted: readonly string[] = [];
  #added: string[];

  constructor(rows: Map<string, Row>) {
    this.rows = rows;
    this.#added = [...rows.keys()];
  }

  /** Puts a row at a key; returns the one that stood there. */
  put(key: string, row: Row): Row | undefined {
    const before = this.rows.get(key);
    if (before === undefined) this.#added.push(key);
    this.rows.set(key, row);
    return before;
  }

  /** All keys in their order: an array that nobody changes. */
  keys(): readonly string[] {
    if (this.#added.length > 0) {
      this.#sorted = [...this.#sorted, ...this.#added].sort(compareKeys);
      this.#added = [];
    }
    return this.#sorted;
  }
}

/** Where an older version stands: before the next one, which wrote over these rows. */
interface Past<Row> {
  readonly next: VersionedRows<Row>;
  readonly key: string;
  readonly row: Row | undefined;
  /** All of them, where there are more than one. */
  readonly rows: ReadonlyMap<string, Row | undefined> | null;
}

/** A table of rows, as it was when it was made, over a source that is never copied. */
export class VersionedRows<Row> implements RowSource<Row> {
  readonly #below: RowSource<Row> | null;
  readonly #isLive: (row: Row) => boolean;
  /** Live rows here, less those they hide below. */
  readonly #liveMore: number;
  #table: Table<Row>;
  /** `null` while nothing newer has its table. */
  #past: Past<Row> | null = null;
  /** Steps that its readers had to go. */
  #walked = 0;

  private constructor(
    below: RowSource<Row> | null,
    table: Table<Row>,
    isLive: (row: Row) => boolean,
    liveMore: number,
  ) {
    this.#below = below;
    this.#table = table;
    this.#isLive = isLive;
    this.#liveMore = liveMore;
  }

  /** A table of these rows, which the caller gives up. */
  static of<Row>(
    rows: Map<string, Row>,
    isLive: (row: Row) => boolean,
  ): VersionedRows<Row> {
    let live = 0;
    for (const row of rows.values()) if (isLive(row)) live++;
    return new VersionedRows(null, new Table(rows), isLive, live);
  }

  /** A table that reads a source row by row, and no more of it than is asked. */
  static over<Row>(
    below: RowSource<Row>,
    isLive: (row: Row) => boolean,
  ): VersionedRows<Row> {
    return new VersionedRows(below, new Table<Row>(new Map()), isLive, 0);
  }

  /** Returns the row at a key, tombstones included. */
  get(key: string): Row | undefined {
    return this.#own(key) ?? this.#below?.get(key);
  }

  /** Gives all rows in key order, tombstones included. */
  entries(): Iterable<readonly [key: string, row: Row]> {
    const own = this.#ownEntries();
    return this.#below === null ? own : overlay(this.#below.entries(), own);
  }

  /** Returns how many rows are live. */
  countLive(): number {
    return (this.#below?.countLive() ?? 0) + this.#liveMore;
  }

  /** Returns a table in which a row stands at a key. */
  with(key: string, row: Row): VersionedRows<Row> {
    const change = this.#liveChange(key, row);
    const table = this.#writable();
    const before = table.put(key, row);
    const next = this.#follow(table, change, 1);
    this.#past = { next, key, row: before, rows: null };
    return next;
  }

  /** Returns a table in which these rows stand at their keys. */
  withAll(changes: ReadonlyMap<string, Row>): VersionedRows<Row> {
    let change = 0;
    for (const [key, row] of changes) change += this.#liveChange(key, row);
    const table = this.#writable();
    const rows = new Map<string, Row | undefined>();
    for (const [key, row] of changes) rows.set(key, table.put(key, row));
    const next = this.#follow(table, change, changes.size);
    this.#past = { next, key: "", row: undefined, rows };
    return next;
  }

  #liveChange(key: string, row: Row): number {
    const held = this.get(key);
    const before = held !== undefined && this.#isLive(held) ? 1 : 0;
    return (this.#isLive(row) ? 1 : 0) - before;
  }

  #writable(): Table<Row> {
    if (this.#past) this.#copyOff();
    return this.#table;
  }

  #follow(
    table: Table<Row>,
    change: number,
    writes: number,
  ): VersionedRows<Row> {
    const live = this.#liveMore + change;
    const next = new VersionedRows(this.#below, table, this.#isLive, live);
    table.writes += writes;
    if (table.writes > HELD_WRITES * (table.rows.size + FEW)) next.#note();
    return next;
  }

  /** Cuts what an old version that somebody holds keeps of all later ones. */
  #note(): void {
    const table = this.#table;
    const noted = table.noted?.deref();
    if (noted && noted.#past) noted.#copyOff();
    table.noted = new WeakRef(this);
    table.writes = 0;
  }

  #own(key: string): Row | undefined {
    let { version, steps } = { version: this as VersionedRows<Row>, steps: 0 };
    for (let past = version.#past; past; past = version.#past) {
      steps++;
      if (past.rows ? past.rows.has(key) : past.key === key) {
        this.#walk(steps);
        return past.rows ? past.rows.get(key) : past.row;
      }
      version = past.next;
    }
    const row = version.#table.rows.get(key);
    if (steps > 0) this.#walk(steps);
    return row;
  }

  /** Counts what its readers had to go, up to what a copy costs. */
  #walk(steps: number): void {
    this.#walked += steps;
    if (this.#walked > FEW + this.#table.rows.size) this.#copyOff();
  }

  #copyOff(): void {
    const pasts: Past<Row>[] = [];
    let version: VersionedRows<Row> = this;
    for (let past = version.#past; past; past = version.#past) {
      pasts.push(past);
      version = past.next;
    }
    const rows = new Map(version.#table.rows);
    for (const past of pasts.reverse()) {
      for (const [key, row] of past.rows ?? [[past.key, past.row] as const]) {
        if (row === undefined) rows.delete(key);
        else rows.set(key, row);
      }
    }
    this.#table = new Table(rows);
    this.#past = null;
    this.#walked = 0;
  }

  *#ownEntries(): Generator<readonly [key: string, row: Row]> {
    if (this.#past) this.#copyOff();
    // Whoever reads may write meanwhile: then this is an old version.
    for (const key of this.#table.keys()) {
      const row = this.#own(key);
      if (row !== undefined) yield [key, row];
    }
  }
}
