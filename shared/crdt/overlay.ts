import { compareKeys } from "../codec/key_order.ts";

type Entry<Row> = readonly [key: string, row: Row];

/** Merges two runs in key order; where both have a key, the upper row counts. */
export function* overlay<Row>(
  lower: Iterable<Entry<Row>>,
  upper: Iterable<Entry<Row>>,
): Iterable<Entry<Row>> {
  const above = upper[Symbol.iterator]();
  let next = above.next();
  for (const entry of lower) {
    let order = 1;
    while (!next.done && (order = compareKeys(next.value[0], entry[0])) <= 0) {
      yield next.value;
      next = above.next();
      if (order === 0) break;
    }
    if (order !== 0) yield entry;
  }
  for (; !next.done; next = above.next()) yield next.value;
}
