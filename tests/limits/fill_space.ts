/**
 * Filling a space through the protocol, as one busy user would.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { freshActor, notesOf } from "../hostile/raw_write.ts";
import { WireClient } from "../hostile/wire_client.ts";

/** Who fills spaces. */
const FILLER = "filler";
/** The most rows that one write may have. */
const WRITE_ROWS = 1_000;
/** Writes in a push: with rows as small as these, a frame takes no more. */
const PUSH_WRITES = 4;

/** Writes so many notes of one user's into a space. */
export async function fillSpace(
  url: string,
  space: string,
  rows: number,
): Promise<void> {
  using client = await WireClient.join(url, FILLER, [], space);
  const actor = freshActor();
  let n = 0;
  for (let done = 0; done < rows;) {
    const writes = Array.from({ length: PUSH_WRITES }, () => {
      const count = Math.min(WRITE_ROWS, rows - done);
      const write = notesOf(actor, ++n, valuesFrom(done, count));
      done += count;
      return { ...write, seenThrough: n - 1 - (n - 1) % PUSH_WRITES };
    });
    const from = client.messages.length;
    client.push(...writes);
    for (const write of writes) {
      assertEquals((await client.verdict(write, from)).fault, null);
    }
  }
}

function valuesFrom(first: number, count: number): Record<string, string> {
  const entries = Array.from({ length: count }, (_, i) => {
    const key = String(first + i).padStart(7, "0");
    return [`${FILLER}/${key}`, `note ${key}`];
  });
  return Object.fromEntries(entries);
}
