/**
 * A step of a node as lines: what happened to it, and what it sent for that.
 *
 * @module
 */

import type { Output } from "../../shared/node/outcome.ts";
import { sentenceOf } from "../../shared/protocol/codes.ts";
import type { Stepped } from "../world.ts";
import { messageLine } from "./message_line.ts";

/** Events that bring nothing to speak of, if nothing comes of them. */
const IDLE =
  /^(alarm|pong|wake|turn|write)$|: (check|checked|ack) |: live \d+ on link \S+ of /;
/** Outputs that say nothing new. */
const SAYS_NOTHING = /: (check|checked|ack) |: live \d+ on link \S+$/;

/** What happened to a node. */
export function eventLine({ event }: Stepped): string {
  const from = "from" in event ? ` of ${event.from}` : "";
  if ("bytes" in event && event.bytes instanceof Uint8Array) {
    return `${event.type}: ${messageLine(event.bytes)}${from}`;
  }
  if ("to" in event) return `${event.type}: ${event.to}`;
  const at = "socket" in event ? ` ${event.socket}` : "";
  return `${event.type}${at}`;
}

/** What a node sent for it, and what authors were told. */
export function outputLines({ outcome }: Stepped): string[] {
  return outcome.after.flatMap(outputLine);
}

function outputLine(output: Output): string[] {
  switch (output.type) {
    case "send":
      return [`-> ${output.link || "up"}: ${messageLine(output.bytes)}`];
    case "call":
      return [`-> ${output.to}: ${messageLine(output.bytes)}`];
    case "reply":
      return [`-> answer: ${messageLine(output.bytes)}`];
    case "close":
      return [`closes ${output.link}: ${output.fault?.code ?? "no fault"}`];
    case "renumbered": {
      const { from, to } = output;
      return [`${from.actor}.${from.n} becomes ${to.actor}.${to.n}`];
    }
    case "settled": {
      const { actor, n, level, fault } = output;
      const how = fault ? sentenceOf(fault) : `settled at the ${level}`;
      return [`${actor}.${n} ${how}`];
    }
    case "dial":
    case "hang-up":
      return [output.type];
    default:
      return [];
  }
}

/** Says whether a step is not worth a line. */
export function isIdle(event: string, outputs: readonly string[]): boolean {
  return IDLE.test(event) && outputs.every((line) => SAYS_NOTHING.test(line));
}
