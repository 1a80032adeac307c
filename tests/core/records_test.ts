/** Records are read as they were written, small where they are alike. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { DecodeError } from "../../shared/codec/decode_error.ts";
import { Reader } from "../../shared/codec/reader.ts";
import { readRecords, writeRecords } from "../../shared/codec/records.ts";
import { bytesOf } from "../../shared/codec/writer.ts";
import { forSeeds, type Seeded } from "./seeded.ts";

const LIMITS = { count: 1_000, bytes: 100_000 };

function written(records: readonly Uint8Array[]): Uint8Array {
  return bytesOf((writer) =>
    writeRecords(writer, records, (to, one) => to.raw(one))
  );
}

function read(bytes: Uint8Array, limits = LIMITS): Uint8Array[] {
  const reader = new Reader(bytes);
  const records = readRecords(
    reader,
    { ...limits },
    (from) => from.remaining(Infinity),
  );
  reader.expectEnd();
  return records;
}

/** A record like another: some of it cut out, put in or written over. */
function varied(chance: Seeded, record: Uint8Array): Uint8Array {
  const bytes = [...record];
  for (let edits = chance.below(4); edits > 0; edits--) {
    const at = chance.below(bytes.length + 1);
    const fresh = chance.many(chance.below(20), () => chance.below(3));
    bytes.splice(at, chance.below(20), ...fresh);
  }
  return new Uint8Array(bytes);
}

Deno.test("records of any likeness are read as they were written", () => {
  forSeeds(500, (chance) => {
    const records: Uint8Array[] = [];
    for (let left = chance.below(12); left > 0; left--) {
      const size = chance.below(chance.pick([4, 40, 400]));
      const last = records.at(-1);
      const fresh = () =>
        new Uint8Array(chance.many(size, () => chance.below(4)));
      records.push(
        last && chance.below(4) > 0 ? varied(chance, last) : fresh(),
      );
    }
    const bytes = written(records);
    const before = bytes.slice();
    assertEquals(read(bytes), records);
    assertEquals(bytes, before, "nothing that is read is changed");
  });
});

Deno.test("any bytes are records, or a DecodeError, and never more than they may be", () => {
  forSeeds(3_000, (chance) => {
    const bytes = new Uint8Array(
      chance.many(chance.below(40), () => chance.below(256)),
    );
    try {
      const records = read(bytes, { count: 50, bytes: 500 });
      const size = records.reduce((sum, { length }) => sum + length, 0);
      assert(records.length <= 50 && size <= 500);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
    }
  });
});

Deno.test("a few bytes do not become many records of many bytes", () => {
  const long = new Uint8Array(50_000).fill(7);
  const bytes = written([long, long, long]);
  assert(bytes.length < 50_100);
  assertThrows(() => read(bytes), DecodeError, "50000 bytes");
  assertEquals(read(bytes, { ...LIMITS, bytes: 150_100 }).length, 3);
  assertThrows(() => read(bytes, { count: 2, bytes: 150_100 }), DecodeError);
});
