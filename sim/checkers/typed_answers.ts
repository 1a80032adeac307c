/**
 * Whoever sends what is no good gets a typed answer: no node ever refuses with
 * `internal`, which means that something broke.
 *
 * @module
 */

import { decodeDownward } from "../../shared/protocol/downward.ts";
import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";

const NAME = "bad input gets a typed answer";
/** The tag of a refusal on the wire. */
const REFUSAL = 10;

/** Bad input breaks nothing. */
export const typedAnswers: Checker = {
  name: NAME,
  watch: () => ({
    step({ name, event, outcome }) {
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
    },
  }),
};
