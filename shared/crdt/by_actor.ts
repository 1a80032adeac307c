/**
 * What a row keeps for each of several actors, in canonical bytes.
 *
 * @module
 */

import { decodeError } from "../codec/decode_error.ts";
import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import { NODE_ID_CHARS_MAX, nodeIdFault } from "./node_id.ts";

/** How many actors a row may know. */
const ACTORS_MAX = 65_536;

/** Writes what is kept for each actor, in the order of their ids. */
export function writeByActor<Item>(
  writer: Writer,
  byActor: ReadonlyMap<string, Item>,
  write: (writer: Writer, item: Item) => void,
): void {
  const actors = [...byActor.keys()].sort();
  writer.list(actors, (_, actor) => {
    writer.string(actor);
    write(writer, byActor.get(actor)!);
  });
}

/** Reads what `writeByActor` wrote. */
export function readByActor<Item>(
  reader: Reader,
  read: (reader: Reader) => Item,
): Map<string, Item> {
  const byActor = new Map<string, Item>();
  let before: string | null = null;
  reader.list(ACTORS_MAX, () => {
    const at = reader.at;
    const actor = reader.string(NODE_ID_CHARS_MAX);
    const isLater = before === null || actor > before;
    const fault = isLater ? nodeIdFault(actor) : "no later id";
    if (fault !== null) throw decodeError(at, fault, "ids in their order");
    before = actor;
    byActor.set(actor, read(reader));
  });
  return byActor;
}
