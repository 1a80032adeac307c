/**
 * Whoever sends what is no good gets a typed answer: none is passed over in
 * silence, and no node ever refuses with `internal`, which means that something
 * broke.
 *
 * @module
 */

import { DecodeError } from "../../shared/codec/decode_error.ts";
import type { ServerEvent } from "../../shared/node/server/step.ts";
import { decodeDownward } from "../../shared/protocol/downward.ts";
import { decodeMessage } from "../../shared/protocol/message.ts";
import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";
import type { Stepped } from "../world.ts";

type Frame = Extract<ServerEvent, { type: "frame" }>;

const NAME = "bad input gets a typed answer";
/** The tag of a refusal on the wire. */
const REFUSAL = 10;

/** Bad input breaks nothing. */
export const typedAnswers: Checker = {
  name: NAME,
  watch: ({ world: { clients } }) => ({
    step(stepped) {
      const { name, event, outcome } = stepped;
      for (const output of outcome.after) {
        if (output.type !== "send" && output.type !== "reply") continue;
        if (output.bytes[0] !== REFUSAL) continue;
        const message = decodeDownward(output.bytes);
        if (message.type !== "refusal" || message.fault.code !== "internal") {
          continue;
        }
        const { path, found } = message.fault;
        throw new Violation(NAME, `${name} at ${event.type}: ${path} ${found}`);
      }
      // The kit's own clients send nothing bad.
      if (event.type !== "frame" || !("socket" in event)) return;
      const frame = event as Frame;
      const isOurs = clients.has(frame.socket.split("#")[0]!);
      if (!isOurs) expectAnswered(stepped, frame);
    },
  }),
};

function expectAnswered(
  { name, outcome }: Stepped,
  { socket, bytes }: Frame,
): void {
  if (isMessage(bytes)) return;
  const isAnswered = outcome.after.some((output) =>
    (output.type === "close" ||
      output.type === "send" && output.bytes[0] === REFUSAL) &&
    output.link === socket
  );
  if (isAnswered) return;
  throw new Violation(NAME, `${name} does not answer ${bytes} of ${socket}`);
}

function isMessage(bytes: Uint8Array): boolean {
  try {
    decodeMessage(bytes);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}
