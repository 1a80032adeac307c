/**
 * Tables of rows that never change, and cost no more than one that does. All
 * versions share one table: the newest owns it, and an older one holds the way
 * back, what stood where the next one wrote. Who writes to an older one turns
 * the way round (Baker, "Shallow binding makes functional arrays fast", 1991).
 * One that is read or turned to more than it would cost to copy, copies itself
 * off.
 *
 * @module
 */

import type { RowSource } from "./contract.ts";
import { overlay } from "./overlay.ts";
import { type RowIndex, RowTable } from "./row_table.ts";

/** Copying so few rows is no work. */
const FEW = 32;
/** So many times its size is written before a version that is still held gets a copy of its own. */
const HELD_WRITES = 8;

/** A table that versions share, and what stands below it. */
class Shared<Row> {
  readonly table: RowTable<Row>;
  readonly below: RowSource<Row> | null;
  readonly isLive: (row: Row) => boolean;
  /** Writes since a version was noted down. */
  writes = 0;
  /** That version: what is older holds nothing beyond it, once it has its own copy. */
  noted: WeakRef<VersionedRows<Row>> | null = null;

  constructor(
    rows: Map<string, Row>,
    below: RowSource<Row> | null,
    isLive: (row: Row) => boolean,
  ) {
    this.table = new RowTable(rows);
    this.below = below;
    this.isLive = isLive;
  }

  /** How many more are live when a row stands where another did, or none. */
  liveChange(before: Row | undefined, row: Row): number {
    const was = before !== undefined && this.isLive(before) ? 1 : 0;
    return (this.isLive(row) ? 1 : 0) - was;
  }
}

/** A table of rows, as it was when it was made, over a source that is never copied. */
export class VersionedRows<Row> implements RowSource<Row> {
  /** Live rows here, less those they hide below. */
  readonly #liveMore: number;
  #shared: Shared<Row>;
  /** Who has a row otherwise than this one, or some; `null` for who owns the table. */
  #next: VersionedRows<Row> | null = null;
  #key = "";
  #row: Row | undefined = undefined;
  /** All that the next one has otherwise, where there are more than one. */
  #rows: ReadonlyMap<string, Row | undefined> | null = null;
  /** Steps that its readers had to go. */
  #walked = 0;

  private constructor(shared: Shared<Row>, liveMore: number) {
    this.#shared = shared;
    this.#liveMore = liveMore;
  }

  /** A table of these rows, which the caller gives up. */
  static of<Row>(
    rows: Map<string, Row>,
    isLive: (row: Row) => boolean,
  ): VersionedRows<Row> {
    let live = 0;
    for (const row of rows.values()) if (isLive(row)) live++;
    return new VersionedRows(new Shared(rows, null, isLive), live);
  }

  /** A table that reads a source row by row, and no more of it than is asked; itself where it is one. */
  static over<Row>(
    below: RowSource<Row>,
    isLive: (row: Row) => boolean,
  ): VersionedRows<Row> {
    if (below instanceof VersionedRows) return below;
    return new VersionedRows(new Shared(new Map(), below, isLive), 0);
  }

  /** Returns the row at a key, tombstones included. */
  get(key: string): Row | undefined {
    return this.#own(key) ?? this.#shared.below?.get(key);
  }

  /** Gives all rows in key order, tombstones included. */
  entries(): Iterable<readonly [key: string, row: Row]> {
    const own = this.#ownEntries();
    return this.#shared.below === null
      ? own
      : overlay(this.#shared.below.entries(), own);
  }

  /** Returns how many rows are live. */
  countLive(): number {
    return (this.#shared.below?.countLive() ?? 0) + this.#liveMore;
  }

  /** What is kept beside the rows, none of which may be below; made when it is first asked for. */
  index<Index extends RowIndex<Row>>(make: () => Index): Index {
    if (this.#shared.below) {
      throw new Error("rows that are not held have no index");
    }
    const { table } = this.#turned();
    if (table.index === null) {
      table.index = make();
      for (const [key, row] of table.rows) table.index.put(key, undefined, row);
    }
    return table.index as Index;
  }

  /** Returns a table in which a row stands at a key, in the place of what `get` gave there. */
  with(key: string, row: Row, held: Row | undefined): VersionedRows<Row> {
    const shared = this.#turned();
    shared.table.put(key, row, held);
    const next = this.#follow(shared.liveChange(held, row), 1);
    this.#goTo(next, key, held, null);
    return next;
  }

  /** Returns a table in which these rows stand at their keys. */
  withAll(changes: ReadonlyMap<string, Row>): VersionedRows<Row> {
    if (changes.size === 1) {
      for (const [key, row] of changes) {
        return this.with(key, row, this.get(key));
      }
    }
    const shared = this.#turned();
    if (changes.size > shared.table.rows.size) return this.#outgrown(changes);
    const rows = new Map<string, Row | undefined>();
    let change = 0;
    for (const [key, row] of changes) {
      const before = shared.table.swap(key, row);
      change += shared.liveChange(before ?? shared.below?.get(key), row);
      rows.set(key, before);
    }
    const next = this.#follow(change, changes.size);
    this.#goTo(next, "", undefined, rows);
    return next;
  }

  /** Leaves this one a copy: a way back from so many changes would be longer. */
  #outgrown(changes: ReadonlyMap<string, Row>): VersionedRows<Row> {
    const shared = this.#shared;
    const { table, below, isLive } = shared;
    this.#shared = new Shared(new Map(table.rows), below, isLive);
    let change = 0;
    for (const [key, row] of changes) {
      const before = table.swap(key, row) ?? below?.get(key);
      change += shared.liveChange(before, row);
    }
    return new VersionedRows(shared, this.#liveMore + change);
  }

  /** Returns a table in which rows are joined with those that are held; itself where that changes none. */
  joinAll<Incoming>(
    incoming: ReadonlyMap<string, Incoming>,
    join: (held: Row | undefined, incoming: Incoming) => Row,
  ): VersionedRows<Row> {
    let news: Map<string, Row> | null = null;
    for (const [key, row] of incoming) {
      const held = this.get(key);
      const joined = join(held, row);
      if (joined === held) continue;
      if (incoming.size === 1) return this.with(key, joined, held);
      news ??= new Map();
      news.set(key, joined);
    }
    return news === null ? this : this.withAll(news);
  }

  #follow(change: number, writes: number): VersionedRows<Row> {
    const shared = this.#shared;
    const live = this.#liveMore + change;
    const next = new VersionedRows(shared, live);
    shared.writes += writes;
    if (shared.writes > HELD_WRITES * (shared.table.rows.size + FEW)) {
      next.#note();
    }
    return next;
  }

  /** Cuts what an old version that somebody holds keeps of all later ones. */
  #note(): void {
    const noted = this.#shared.noted?.deref();
    if (noted && noted.#next) noted.#copyOff(noted.#way());
    this.#shared.noted = new WeakRef(this);
    this.#shared.writes = 0;
  }

  /** Notes how the next one, which owns the table from now on, differs from this. */
  #goTo(
    next: VersionedRows<Row> | null,
    key: string,
    row: Row | undefined,
    rows: ReadonlyMap<string, Row | undefined> | null,
  ): void {
    this.#next = next;
    this.#key = key;
    this.#row = row;
    this.#rows = rows;
  }

  #own(key: string): Row | undefined {
    return this.#next === null
      ? this.#shared.table.rows.get(key)
      : VersionedRows.#lookUp(this, key);
  }

  /** What an old version holds: what the first one after it says that has the key otherwise. */
  static #lookUp<Row>(old: VersionedRows<Row>, key: string): Row | undefined {
    let version = old;
    let steps = 0;
    for (let next = version.#next; next; next = version.#next) {
      steps++;
      const rows = version.#rows;
      if (rows ? rows.has(key) : version.#key === key) {
        const row = rows ? rows.get(key) : version.#row;
        old.#walk(steps);
        return row;
      }
      version = next;
    }
    const row = version.#shared.table.rows.get(key);
    old.#walk(steps);
    return row;
  }

  /** Counts what its readers had to go; says whether that is what a copy costs. */
  #walk(steps: number): void {
    this.#walked += steps;
    if (this.#isFar()) this.#copyOff(this.#way());
  }

  #isFar(): boolean {
    return this.#walked > FEW + this.#shared.table.rows.size;
  }

  /** Makes it own a table: that of all, turned to it, or a copy of its own. */
  #turned(): Shared<Row> {
    if (this.#next === null) return this.#shared;
    const way = this.#way();
    this.#walked += way.length;
    if (this.#isFar()) this.#copyOff(way);
    else for (const version of way.reverse()) version.#turn(version.#next!);
    return this.#shared;
  }

  /** Takes the table from the version that owns it, which differs by what this one holds. */
  #turn(owner: VersionedRows<Row>): void {
    this.#shared = owner.#shared;
    const { table } = this.#shared;
    const rows = this.#rows &&
      new Map([...this.#rows].map(([at, row]) => [at, table.swap(at, row)]));
    const row = rows ? undefined : table.swap(this.#key, this.#row);
    owner.#goTo(this, this.#key, row, rows);
    this.#goTo(null, "", undefined, null);
  }

  /** The versions from here to the one that owns the table, without that one. */
  #way(): VersionedRows<Row>[] {
    if (this.#next === null) return [];
    const way: VersionedRows<Row>[] = [this];
    for (let at = this.#next; at.#next; at = at.#next) way.push(at);
    return way;
  }

  #copyOff(way: readonly VersionedRows<Row>[]): void {
    const rows = new Map(way.at(-1)!.#next!.#shared.table.rows);
    for (const version of way.toReversed()) {
      const its = version.#rows ?? [[version.#key, version.#row] as const];
      for (const [key, row] of its) {
        if (row === undefined) rows.delete(key);
        else rows.set(key, row);
      }
    }
    const { below, isLive } = this.#shared;
    this.#shared = new Shared(rows, below, isLive);
    this.#goTo(null, "", undefined, null);
    this.#walked = 0;
  }

  *#ownEntries(): Generator<readonly [key: string, row: Row]> {
    // Whoever reads may write meanwhile: then this is an old version.
    for (const key of this.#turned().table.keys()) {
      const row = this.#own(key);
      if (row !== undefined) yield [key, row];
    }
  }
}
