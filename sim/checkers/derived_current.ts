/**
 * Derived is current: at rest, every value that is computed along the way is
 * what one computes from the sources at once. The app says how, in plain code
 * that shares nothing with the spec's computations.
 *
 * @module
 */

import { encodeValue } from "../../shared/codec/value.ts";
import { hashHex } from "../../shared/codec/hash.ts";
import type { Client } from "../client.ts";
import type { Checker } from "../checker.ts";
import { Violation } from "../violation.ts";
import type { World } from "../world.ts";

const NAME = "derived is current";

/** What a client should see at a derived path. */
export type Expectation = (world: World, client: Client) => unknown;

/** Checks every client's derived vars against what an app expects of them. */
export function derivedCurrent(
  expectations: ReadonlyMap<string, Expectation>,
): Checker {
  return {
    name: NAME,
    watch: ({ world }) => ({ rest: () => checkDerived(world, expectations) }),
  };
}

function checkDerived(
  world: World,
  expectations: ReadonlyMap<string, Expectation>,
): void {
  for (const client of world.clients.values()) {
    for (const [path, expect] of expectations) {
      if (world.app.vars.get(path)?.zone !== client.zone) continue;
      const found: unknown = client.get(path).getValue();
      const wanted = expect(world, client);
      if (digest(found) === digest(wanted)) continue;
      throw new Violation(
        NAME,
        `${client.name} ${path} is ${show(found)}, want ${show(wanted)}`,
      );
    }
  }
}

function digest(value: unknown): string {
  return hashHex(encodeValue(plain(value)));
}

function show(value: unknown): string {
  return JSON.stringify(plain(value));
}

/** Maps and sets as lists, in an order of their own. */
function plain(value: unknown): unknown {
  return value instanceof Map || value instanceof Set
    ? [...value].map((one: unknown) => JSON.stringify(one)).sort()
    : value;
}
