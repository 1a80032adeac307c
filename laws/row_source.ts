import { compareKeys } from "../shared/codec/key_order.ts";
import type { CrdtContract, RowSource } from "../shared/crdt/contract.ts";

/** Rows as a source in key order. */
export function sourceOf<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  rows: ReadonlyMap<string, Row>,
): RowSource<Row> {
  return {
    get: (key) => rows.get(key),
    entries: () => [...rows].sort(([a], [b]) => compareKeys(a, b)),
    countLive: () =>
      [...rows.values()].filter((row) => type.isLive(row)).length,
  };
}
