/**
 * Whatever takes bytes from outside, with bytes that it takes: of values, of
 * messages between nodes, and of each type's messages and rows.
 *
 * @module
 */

import { decodeValue, encodeValue } from "../../shared/codec/value.ts";
import {
  messageFrom,
  messageToBytes,
  rowsFrom,
  rowsToBytes,
} from "../../shared/crdt/message_bytes.ts";
import type { AnyCrdt } from "../../shared/crdt/contract.ts";
import { crdtTypes } from "../../shared/crdt/registry.ts";
import { decodeMessage, encodeMessage } from "../../shared/protocol/message.ts";
import { CHANGES, MESSAGES, VALUES } from "../core/golden_cases.ts";

/** Something that takes bytes. */
export interface FuzzTarget {
  /** What it is. */
  readonly name: string;
  /** Bytes that it takes, to be changed. */
  readonly valid: readonly Uint8Array[];
  /** Reads bytes; how many bytes what it read has when it is written again. */
  readonly read: (bytes: Uint8Array) => number;
}

const AUTHOR = "ann-1";
const CLOCK = { now: () => 5 };

/** The targets. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  {
    name: "values",
    valid: [...VALUES, VALUES].map(encodeValue),
    read: (bytes) => encodeValue(decodeValue(bytes)).length,
  },
  {
    name: "messages between nodes",
    valid: Object.values(MESSAGES).map(encodeMessage),
    read: (bytes) => encodeMessage(decodeMessage(bytes)).length,
  },
  ...[...crdtTypes].flatMap(([name, type]) => [
    messagesOf(name, type),
    rowsOf(name, type),
  ]),
];

function messagesOf(name: string, type: AnyCrdt): FuzzTarget {
  return {
    name: `messages of ${name}`,
    valid: CHANGES.filter(([of]) => of === name).map(([, message]) =>
      messageToBytes(type, message, AUTHOR)
    ),
    read: (bytes) => {
      const message = messageFrom(type, bytes, AUTHOR);
      return messageToBytes(type, message, AUTHOR).length;
    },
  };
}

function rowsOf(name: string, type: AnyCrdt): FuzzTarget {
  const rows = CHANGES.filter(([of]) => of === name)
    .flatMap(([, message]) => [...type.rows(message)])
    .map(([key, change]) => {
      const dot = { actor: AUTHOR, counter: 9 };
      return [key, type.apply(undefined, change, dot)] as const;
    });
  return {
    name: `rows of ${name}`,
    valid: [rowsToBytes(type, rows)],
    read: (bytes) => {
      const read = rowsFrom(type, bytes);
      const isFit = [...read].every(([key, row]) =>
        type.faultOf(key, row) === null
      );
      if (isFit) showAll(type, read);
      return rowsToBytes(type, read).length;
    },
  };
}

/** Rows that may stand where they stand have a value. */
function showAll(type: AnyCrdt, rows: ReadonlyMap<string, unknown>): void {
  type.fold(AUTHOR, CLOCK, {
    get: (key: string) => rows.get(key),
    entries: () => [...rows].sort(([a], [b]) => a < b ? -1 : 1),
    countLive: () =>
      [...rows.values()].filter((row) => type.isLive(row)).length,
  }).getValue();
}
