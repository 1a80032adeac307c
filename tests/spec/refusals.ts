/**
 * Specs with one fault each, and the check that they are refused for it.
 *
 * @module
 */

import { assertEquals, assertInstanceOf, fail } from "@std/assert";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { SpecError } from "../../shared/spec/spec_error.ts";

/** The fields of a part of a spec. */
export type Fields = Record<string, unknown>;

/** A spec that is refused, the path of its fault, and the rest of the message. */
export type Refusal = readonly [spec: unknown, path: string, rest: string];

/** A sound source var. */
export const register = {
  crdtType: "LWWRegister",
  valueType: "string",
  init: () => "",
};
/** A computation without effects. */
export const compute = () => null;
/** A sound derived var of the client zone. */
export const seen = {
  crdtType: "LWWRegister",
  valueType: "string",
  computer: "/edge/compute",
  depends_on: ["/db/title"],
};
/** The channel nearest to the root. */
export const up = { type: "websocket", fromZone: "db", toZone: "edge" };
/** The channel to the client zone. */
export const down = { type: "websocket", fromZone: "edge", toZone: "tab" };

/** A sound spec, with these entries in addition. */
export function withEntries(
  entries: { db?: Fields; edge?: Fields; tab?: Fields },
): Fields {
  return {
    zones: {
      db: { title: register, ...entries.db },
      edge: { compute, ...entries.edge },
      tab: { ...entries.tab },
    },
    channels: [up, down],
  };
}

/** A sound spec but for one source var of the root zone. */
export function withVar(fields: Fields): Fields {
  return withEntries({ db: { x: { ...register, ...fields } } });
}

/** A sound spec but for one derived var of the client zone. */
export function withDerived(fields: Fields): Fields {
  return withEntries({ tab: { x: { ...seen, ...fields } } });
}

/** A sound spec but for its channels. */
export function withChannels(channels: unknown, more: Fields = {}): Fields {
  const { zones } = withEntries({});
  return { zones: { ...(zones as Fields), ...more }, channels };
}

/** A sound spec but for a schema. */
export function withSchema(standard: unknown, init = () => ""): Fields {
  return withVar({ init, value: { "~standard": standard } });
}

/** Checks each refusal: path, message, and that the fields make the message. */
export function checkRefusals(refusals: readonly Refusal[]): void {
  for (const [spec, path, rest] of refusals) {
    const message = `Cannot use this spec: ${path || "it"} is ${rest}`;
    try {
      parseAppSpec(spec);
    } catch (error) {
      assertInstanceOf(error, SpecError, message);
      assertEquals(error.message, message);
      assertEquals(error.path, path);
      assertEquals(error.code, "bad-spec");
      assertEquals(rest, `${error.found}, want ${error.wanted}`);
      continue;
    }
    fail(`accepted what should be refused: ${message}`);
  }
}
