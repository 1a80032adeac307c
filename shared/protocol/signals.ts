/**
 * The short messages: asking what was sent last, answering it, acknowledging a
 * delivery, asking for a new hello, and refusing.
 *
 * @module
 */

import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import type { Fault } from "./codes.ts";
import { readFault, writeFault } from "./fault.ts";

/** "The last live message I have is `number`, and I have sent so many demands: is there more?" */
export interface Check {
  /** Which message this is. */
  readonly type: "check";
  /** The link it belongs to. */
  readonly link: number;
  /** The last number received. */
  readonly number: number;
  /** How many demands were sent on the link. */
  readonly demands: number;
}

/** "The last live message I sent is `number`." */
export interface Checked {
  /** Which message this is. */
  readonly type: "checked";
  /** The link it belongs to. */
  readonly link: number;
  /** The last number sent. */
  readonly number: number;
}

/** "I have applied the live message `number`." Only between nodes of the kit. */
export interface Ack {
  /** Which message this is. */
  readonly type: "ack";
  /** The link it belongs to. */
  readonly link: number;
  /** The number applied. */
  readonly number: number;
}

/** "I no longer know what you want: say hello again, with a greater link." */
export interface Resync {
  /** Which message this is. */
  readonly type: "resync";
  /** The greatest link number that is known. */
  readonly link: number;
}

/** "This link ends, or this frame was no good." */
export interface Refusal {
  /** Which message this is. */
  readonly type: "refusal";
  /** What is wrong. */
  readonly fault: Fault;
}

/** Writes a link and a number. */
export function writeNumbered(
  writer: Writer,
  message: Checked | Ack,
): void {
  writer.uint(message.link);
  writer.uint(message.number);
}

/** Reads what `writeNumbered` wrote. */
export function readNumbered<T extends "checked" | "ack">(
  reader: Reader,
  type: T,
): { readonly type: T; readonly link: number; readonly number: number } {
  return { type, link: reader.uint(), number: reader.uint() };
}

/** Writes the fields of a check. */
export function writeCheck(writer: Writer, message: Check): void {
  writer.uint(message.link);
  writer.uint(message.number);
  writer.uint(message.demands);
}

/** Reads what `writeCheck` wrote. */
export function readCheck(reader: Reader): Check {
  return {
    type: "check",
    link: reader.uint(),
    number: reader.uint(),
    demands: reader.uint(),
  };
}

/** Writes the fields of a resync. */
export function writeResync(writer: Writer, message: Resync): void {
  writer.uint(message.link);
}

/** Reads what `writeResync` wrote. */
export function readResync(reader: Reader): Resync {
  return { type: "resync", link: reader.uint() };
}

/** Writes the fields of a refusal. */
export function writeRefusal(writer: Writer, message: Refusal): void {
  writeFault(writer, message.fault);
}

/** Reads what `writeRefusal` wrote. */
export function readRefusal(reader: Reader): Refusal {
  return { type: "refusal", fault: readFault(reader) };
}
