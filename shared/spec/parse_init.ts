/**
 * Evaluates the `init` of a source var into the rows of bottom. Every node of
 * an app evaluates it for itself and the result never travels, so it must give
 * the same bytes wherever and whenever it is called.
 *
 * @module
 */

import { equalBytes } from "../codec/byte_order.ts";
import { compareKeys } from "../codec/key_order.ts";
import { ValueError } from "../codec/value_error.ts";
import { Writer } from "../codec/writer.ts";
import type { AnyCrdt } from "../crdt/contract.ts";
import { CrdtError } from "../crdt/crdt_error.ts";
import { findValueFault, type ValueRule } from "./check_value.ts";
import { found } from "./fields.ts";
import { SpecError } from "./spec_error.ts";

/** Rows by key. */
export type InitRows = ReadonlyMap<string, unknown>;

/** The canonical bytes of rows: in key order, each key before its row. */
export function initBytes(crdt: AnyCrdt, rows: InitRows): Uint8Array {
  const writer = new Writer();
  for (const key of [...rows.keys()].sort(compareKeys)) {
    writer.string(key);
    crdt.writeRow(writer, rows.get(key));
  }
  return writer.finish();
}

/** What somebody threw, in a few words. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The refusal of an `init` that gives `given`. */
function badInit(at: string, given: string, wanted: string): SpecError {
  return new SpecError(
    at,
    `a function that gives ${given}`,
    `a function that gives ${wanted}`,
  );
}

/** The refusal of what a CRDT type, or the codec, cannot start from. */
function badStart(at: string, error: unknown): unknown {
  if (!(error instanceof CrdtError || error instanceof ValueError)) {
    return error;
  }
  const { path, found, wanted } = error;
  return path === ""
    ? badInit(at, found, wanted)
    : badInit(at, `a value whose ${path} is ${found}`, `${wanted} there`);
}

/** The rows and bytes of one call. */
function evaluate(
  at: string,
  crdt: AnyCrdt,
  init: () => unknown,
): { rows: InitRows; bytes: Uint8Array } {
  let value: unknown;
  try {
    value = init();
  } catch (error) {
    const thrown = `a function that throws: ${messageOf(error)}`;
    throw new SpecError(at, thrown, "a function that gives a value");
  }
  try {
    const rows: InitRows = new Map(crdt.initRows(value));
    return { rows, bytes: initBytes(crdt, rows) };
  } catch (error) {
    throw badStart(at, error);
  }
}

/** Reads an `init` for a CRDT type whose values follow a rule. */
export function parseInit(
  at: string,
  init: unknown,
  crdt: AnyCrdt,
  rule: ValueRule,
): InitRows {
  if (typeof init !== "function") {
    throw new SpecError(at, found(init), "a function");
  }
  const call = (): unknown => init();
  const { rows, bytes } = evaluate(at, crdt, call);
  for (const [key, row] of rows) {
    const keyFault = crdt.faultOf(key, row);
    if (keyFault !== null) {
      const given = `a row at ${JSON.stringify(key)}, which is ${keyFault}`;
      throw badInit(at, given, "rows at keys that can hold them");
    }
    for (const item of crdt.itemsOf(row)) {
      const fault = findValueFault(rule, item);
      if (fault !== null) throw badInit(at, fault.found, fault.wanted);
    }
  }
  if (equalBytes(bytes, evaluate(at, crdt, call).bytes)) return rows;
  throw new SpecError(
    at,
    "a function that gives something else at each call",
    "the same bytes at every call",
  );
}
