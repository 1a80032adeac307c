import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { Reader } from "../../shared/codec/reader.ts";
import { Writer } from "../../shared/codec/writer.ts";
import type { CrdtContract, RowSource } from "../../shared/crdt/contract.ts";
import { forSeeds, type Seeded } from "./seeded.ts";

const NO_CLOCK = { now: () => 1 };

/** What the laws need to know of a type. */
export interface LawSubject<C, Message, Row> {
  /** The type. */
  readonly type: CrdtContract<C, Message, Row>;
  /** Makes a row that may stand at its key. */
  readonly entry: (chance: Seeded) => readonly [key: string, row: Row];
  /** Makes a row that may stand where another does. */
  readonly rival: (chance: Seeded, row: Row) => Row;
}

/** Rows in a map, as a source that counts what is read of it. */
export class ListedRows<Row> implements RowSource<Row> {
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #isLive: (row: Row) => boolean;
  /** How many rows were given out. */
  reads = 0;

  /** Lists these rows in their order. */
  constructor(
    rows: ReadonlyMap<string, Row>,
    isLive: (row: Row) => boolean,
  ) {
    this.#rows = rows;
    this.#isLive = isLive;
  }

  /** Returns one row. */
  get(key: string): Row | undefined {
    this.reads++;
    return this.#rows.get(key);
  }

  /** Returns all rows. */
  entries(): Iterable<readonly [key: string, row: Row]> {
    this.reads += this.#rows.size;
    return this.#rows;
  }

  /** Returns how many are live, without a read. */
  countLive(): number {
    return [...this.#rows.values()].filter(this.#isLive).length;
  }
}

function bytesOf<Row>(
  type: { writeRow(writer: Writer, row: Row): void },
  row: Row,
): Uint8Array {
  const writer = new Writer();
  type.writeRow(writer, row);
  return writer.finish();
}

/** Registers the laws that the rows of every type keep. */
export function testRowLaws<C, Message, Row>(
  { type, entry, rival }: LawSubject<C, Message, Row>,
): void {
  const same = (a: Row, b: Row) =>
    assertEquals(bytesOf(type, a), bytesOf(type, b));
  const three = (chance: Seeded): [string, Row, Row, Row] => {
    const [key, row] = entry(chance);
    return [key, row, rival(chance, row), rival(chance, row)];
  };

  Deno.test(`${type.name}: join is commutative`, () => {
    forSeeds(1000, (chance) => {
      const [, a, b] = three(chance);
      same(type.join(a, b), type.join(b, a));
    });
  });

  Deno.test(`${type.name}: join is associative`, () => {
    forSeeds(1000, (chance) => {
      const [, a, b, c] = three(chance);
      same(type.join(type.join(a, b), c), type.join(a, type.join(b, c)));
    });
  });

  Deno.test(`${type.name}: join is idempotent, and keeps what it held`, () => {
    forSeeds(1000, (chance) => {
      const [, a, b] = three(chance);
      assertStrictEquals(type.join(undefined, a), a);
      const joined = type.join(a, b);
      assert(joined === a || joined === b);
      for (const known of [a, b, copyOf(type, joined)]) {
        assertStrictEquals(type.join(joined, known), joined);
      }
    });
  });

  Deno.test(`${type.name}: readRow gives back what writeRow was given`, () => {
    forSeeds(1000, (chance) => {
      const [key, row] = entry(chance);
      assertEquals(copyOf(type, row), row);
      assertEquals(type.faultOf(key, row), null);
    });
  });

  Deno.test(`${type.name}: rows and message are inverse`, () => {
    forSeeds(500, (chance) => {
      const [key, row] = entry(chance);
      const message = type.message([[key, row]]);
      assertEquals([...type.rows(message)], [[key, row]]);
      assertEquals(type.message(type.rows(message)), message);
    });
  });

  Deno.test(`${type.name}: restamp changes the stamp alone`, () => {
    forSeeds(200, (chance) => {
      const [, row] = entry(chance);
      const stamp = { timestamp: 77, nodeId: "z" };
      const stamped = type.restamp(row, stamp);
      assertEquals(type.valueOf(stamped), type.valueOf(row));
      assertEquals(type.isLive(stamped), type.isLive(row));
      const held = type.stampOf(stamped);
      if (held === null) assertStrictEquals(stamped, row);
      else assertEquals([held.timestamp, held.nodeId], [77, "z"]);
    });
  });
}

function copyOf<C, Message, Row>(
  type: CrdtContract<C, Message, Row>,
  row: Row,
): Row {
  const reader = new Reader(bytesOf(type, row));
  const copy = type.readRow(reader);
  reader.expectEnd();
  return copy;
}

/** Folds rows at a node, and counts the reads. */
export function folded<C, Message, Row>(
  type: CrdtContract<C, Message, Row>,
  rows: Iterable<readonly [key: string, row: Row]>,
): { readonly crdt: C; readonly source: ListedRows<Row> } {
  const source = new ListedRows<Row>(new Map(rows), type.isLive);
  return { crdt: type.fold("me", NO_CLOCK, source), source };
}
