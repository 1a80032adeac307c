/**
 * The vectors that say, byte for byte, what this version of the protocol is: for
 * whoever writes a host in another language, and against changes by mistake.
 *
 * @module
 */

import { encodeValue } from "../../shared/codec/value.ts";
import { bytesOf } from "../../shared/codec/writer.ts";
import { crdtTypes } from "../../shared/crdt/registry.ts";
import { encodeMessage } from "../../shared/protocol/message.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import { CHANGES, MESSAGES, REFUSED, VALUES } from "./golden_cases.ts";

/** Where the vectors of this version stand. */
export const VECTORS = new URL(
  `golden/protocol_${PROTOCOL_VERSION}.json`,
  import.meta.url,
);

/** The vectors, as text. */
export function vectors(): string {
  const all = {
    about: "JSON has no -0, undefined, bigint, bytes, Date, Map: they stand " +
      'as { "$": kind, … }. Hex is of all bytes of a value, row or message.',
    protocol: PROTOCOL_VERSION,
    values: VALUES.map((value) => ({
      json: plain(value),
      hex: hexOf(encodeValue(value)),
    })),
    noValues: REFUSED.map(([hex, why]) => ({ hex, why })),
    rows: CHANGES.flatMap(([type, message]) => rowsOf(type, message)),
    messages: Object.values(MESSAGES).map((message) => ({
      json: plain(message),
      hex: hexOf(encodeMessage(message)),
    })),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

function rowsOf(name: string, message: unknown) {
  const type = crdtTypes.get(name)!;
  return [...type.rows(message)].map(([key, change]) => {
    const dot = { actor: "ann-1", counter: 1_000 };
    const row: unknown = type.apply(undefined, change, dot);
    return {
      type: name,
      key,
      change: plain(change),
      changeHex: hexOf(
        bytesOf((writer) => type.writeChange(writer, change, "ann-1")),
      ),
      dot,
      row: plain(row),
      rowHex: hexOf(bytesOf((writer) => type.writeRow(writer, row))),
    };
  });
}

/** A value as JSON can have it. */
function plain(value: unknown): unknown {
  if (value === undefined) return { $: "undefined" };
  if (Object.is(value, -0)) return { $: "-0" };
  if (typeof value === "bigint") return { $: "bigint", decimal: `${value}` };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { $: "bytes", hex: hexOf(value) };
  if (value instanceof Date) return { $: "date", ms: value.getTime() };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return { $: "map", entries: plain([...value]) };
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, plain(item)]),
  );
}

/** Bytes as hex. */
export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of hex. */
export function bytesOfHex(hex: string): Uint8Array {
  const pairs = hex.match(/../g) ?? [];
  return new Uint8Array(pairs.map((pair) => Number.parseInt(pair, 16)));
}
