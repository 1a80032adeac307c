/**
 * Adding a CRDT type: the few things that tell it from others, and what follows
 * from them.
 *
 * @module
 */

import type { AnyCrdt, CrdtContract } from "./contract.ts";
import { crdtError } from "./crdt_error.ts";

/** What may be left out of a type's definition, because it follows from the rest. */
export type ImpliedByRest =
  | "delivery"
  | "apply"
  | "isLive"
  | "itemsOf"
  | "authorOf"
  | "stampOf"
  | "restamp"
  | "rename"
  | "makes"
  | "needs"
  | "missing"
  | "retire"
  | "writeChange"
  | "readChange";

/** A type as it is defined; where a change is not a row, all that speaks of changes is needed. */
export type CrdtDefinition<Name extends string, C, Message, Row, Change> =
  & Omit<CrdtContract<C, Message, Row, Change>, ImpliedByRest | "name">
  & Partial<Pick<CrdtContract<C, Message, Row, Change>, ImpliedByRest>>
  & { readonly name: Name }
  & ([Change, Row] extends [Row, Change] ? unknown
    : Pick<
      CrdtContract<C, Message, Row, Change>,
      "apply" | "writeChange" | "readChange"
    >);

/** A type under its name, as a spec takes it. */
export type DefinedCrdt<Name extends string, C, Message, Row, Change = Row> =
  & CrdtContract<C, Message, Row, Change>
  & { readonly name: Name };

const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/**
 * Defines a CRDT type, for `crdtType` in a spec. A change is a row, joined in any
 * order, and always live, unless it is said otherwise. Throws `CrdtError` for a
 * name that is none.
 *
 * ```ts
 * import { type Clock, defineCrdt, type RowSource } from "@zonekit/shared";
 *
 * /** The least number that anybody has written. *\\/
 * class MinRegister {
 *   constructor(readonly value: number) {}
 *   getValue() {
 *     return this.value;
 *   }
 *   lower(value: number) {
 *     return value < this.value
 *       ? { updatedCrdt: new MinRegister(value), message: value }
 *       : { updatedCrdt: this, message: null };
 *   }
 * }
 * const minRegister = defineCrdt({
 *   name: "MinRegister",
 *   valueTypes: ["number"],
 *   rows: (message: number) => [["", message]],
 *   message: ([[, value]]: Iterable<readonly [string, number]>) => value!,
 *   join: (held: number | undefined, incoming: number) =>
 *     held === undefined || incoming < held ? incoming : held,
 *   fold: (_nodeId: string, _clock: Clock, rows: RowSource<number>) =>
 *     new MinRegister(rows.get("") ?? Infinity),
 *   initRows: (init) => [["", Number(init)]],
 *   valueOf: (value: number) => value,
 *   faultOf: (key: string) => key === "" ? null : "one row, at the key ''",
 *   writeRow: (writer, value: number) => writer.value(value),
 *   readRow: (reader) => Number(reader.value()),
 * });
 * console.assert(minRegister.join(3, 2) === 2);
 * ```
 */
export function defineCrdt<
  const Name extends string,
  C,
  Message,
  Row,
  Change = Row,
>(
  definition: CrdtDefinition<Name, C, Message, Row, Change>,
): DefinedCrdt<Name, C, Message, Row, Change> {
  const { name } = definition;
  if (!NAME.test(name)) {
    const wanted = "1 to 64 letters and digits, a letter first";
    throw crdtError("bad-name", "name", JSON.stringify(name), wanted);
  }
  const given: Partial<AnyCrdt> = definition;
  const implied: Pick<AnyCrdt, ImpliedByRest> = {
    delivery: "any",
    apply: (held, change) => definition.join(held, change),
    isLive: () => true,
    itemsOf: (row) => [definition.valueOf(row)],
    authorOf: (_key, change) => given.stampOf?.(change)?.nodeId ?? null,
    stampOf: () => null,
    restamp: (change) => change,
    rename: () => (key, change) => [[key, change]],
    makes: () => [],
    needs: () => [],
    missing: () => null,
    retire: (row) => row,
    writeChange: given.writeRow!,
    readChange: given.readRow!,
  };
  const contract = { ...implied, ...definition };
  defined.add(contract);
  return contract;
}

const defined = new WeakSet<object>();

/** Whether something is a type that `defineCrdt` gave. */
export function isCrdt(value: unknown): value is AnyCrdt {
  return typeof value === "object" && value !== null && defined.has(value);
}
