import { describe } from "../codec/describe.ts";
import { crdtError } from "./crdt_error.ts";

/** What a caller gives as a list. Throws `CrdtError` for what is none. */
export function givenItems<Item>(given: Iterable<Item>): Iterable<Item> {
  const may: Partial<Iterable<Item>> | null | undefined = given;
  if (typeof may?.[Symbol.iterator] === "function") return given;
  throw crdtError("bad-value", "", describe(given), "a list");
}
