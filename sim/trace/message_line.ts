/**
 * A message in one line, for people who look for what went wrong.
 *
 * @module
 */

import { DecodeError } from "../../shared/codec/decode_error.ts";
import { decodeAuthored } from "../../shared/node/read_effects.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import type { Part, Verdict } from "../../shared/protocol/live.ts";
import { decodeMessage, type Message } from "../../shared/protocol/message.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import type { Want } from "../../shared/protocol/want.ts";

/** So many rows or wants of a message are named. */
const NAMED_MAX = 6;

/** The message that some bytes are: its type, its numbers, whom and what it is about. */
export function messageLine(bytes: Uint8Array): string {
  try {
    const message = decodeMessage(bytes);
    return [message.type, ...factsOf(message)].join(" ");
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return `${bytes.length} bytes that are no message`;
  }
}

function factsOf(message: Message): string[] {
  switch (message.type) {
    case "hello":
      return [
        `link ${message.link} of ${message.node}, seen ${message.seen}`,
        ...some(message.wants, wantLine),
      ];
    case "demand":
      return [
        `${message.version} on link ${message.link}`,
        ...some(message.add, (want) => `+${wantLine(want)}`),
        ...some(message.drop, (id) => `-want ${id}`),
      ];
    case "welcome":
      return [`to link ${message.link}, epoch ${message.epoch.slice(0, 8)}`];
    case "push":
      return some(message.writes, writeLine);
    case "live":
      return [
        `${message.number} on link ${message.link}`,
        ...some(message.verdicts, verdictLine),
        ...some(message.parts, partLine),
      ];
    case "check":
      return [
        `${message.number} on link ${message.link}, ${message.demands} demands`,
      ];
    case "checked":
    case "ack":
      return [`${message.number} on link ${message.link}`];
    case "resync":
      return [`link ${message.link}`];
    case "refusal":
      return [`${message.fault.code} at ${message.fault.path}`];
  }
}

function wantLine({ id, path, consumer, cursor }: Want): string {
  const whom = consumer ? ` for ${consumer.nodeId}` : "";
  const from = cursor ? ` from ${cursor.seq}` : "";
  return `want ${id} ${path}${whom}${from}`;
}

function writeLine({ actor, n, authored, fault }: PushedWrite): string {
  const refused = fault ? ` (${fault.code})` : "";
  return `${actor}.${n}${authoredLine(authored)}${refused}`;
}

function authoredLine(authored: Uint8Array): string {
  try {
    const made = decodeAuthored(authored);
    if (made.kind === "event") return ` event ${made.path}`;
    const keys = made.effects.flatMap(({ path, rows }) =>
      rows.map(({ key }) => `${path} ${key}`.trimEnd())
    );
    return keys.length === 0 ? "" : ` ${some(keys, (key) => key).join(", ")}`;
  } catch (error) {
    if (error instanceof FaultError) return "";
    throw error;
  }
}

function verdictLine({ actor, n, seq, lastN, fault }: Verdict): string {
  if (!fault) return `${actor}.${n} accepted at ${seq}`;
  const after = fault.code === "gap" ? ` after ${lastN}` : "";
  return `${actor}.${n} refused: ${fault.code}${after}`;
}

function partLine({ want, rows, gone, replace, next }: Part): string {
  const facts = [
    ...some(rows, ({ key, seq }) => `${key}@${seq}`.replace(/^@/, "value@")),
    ...some(gone, (key) => `-${key}`),
  ];
  const how = replace ? " replaced by" : "";
  const more = next === null ? "" : " and more to come";
  return `want ${want}${how} [${facts.join(" ")}]${more}`;
}

/** The first few of a list, each as text, and how many more there are. */
function some<T>(list: readonly T[], text: (item: T) => string): string[] {
  const named = list.slice(0, NAMED_MAX).map(text);
  const rest = list.length - named.length;
  return rest > 0 ? [...named, `and ${rest} more`] : named;
}
