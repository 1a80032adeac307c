/**
 * A client that sends anything: noise, what others have sent, with bytes of it
 * changed, and well-formed messages that say what nobody may say.
 *
 * @module
 */

import { encodeValue } from "../../shared/codec/value.ts";
import { WHOLE } from "../../shared/node/var_rows.ts";
import { encodeMessage } from "../../shared/protocol/message.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";
import { randomOf } from "../random.ts";
import type { Fault } from "./fault.ts";

const NAME = "mallory";
const FRAMES_MAX = 30;

/** Somebody means harm. */
export const maliciousClient: Fault = {
  name: "malicious-client",
  most: 3,
  draw: (random, { servers }) => ({
    node: random.pick(servers),
    byMs: random.below(2 ** 31),
  }),
  strike(world, { node, byMs }) {
    const server = world.servers.get(node)?.host;
    if (!server) return;
    const random = randomOf(byMs ?? 0);
    const socket = `${NAME}#${byMs}`;
    const claims = { sub: NAME, user_id: NAME };
    const expiresMs = Number.MAX_SAFE_INTEGER;
    server.run({ type: "joined", socket, claims, expiresMs });
    for (let left = 1 + random.below(FRAMES_MAX); left > 0; left--) {
      const bytes = frame(world, random);
      const atMs = world.agenda.nowMs + random.below(2_000);
      world.agenda.at(
        atMs,
        () => void server.run({ type: "frame", socket, bytes }),
      );
    }
    world.agenda.at(world.agenda.nowMs + 2_001, () => {
      if (server.state) server.run({ type: "left", socket });
    });
  },
};

function frame(world: World, random: Random): Uint8Array {
  const overheard = random.pick([...world.clients.values()]).overheard;
  switch (random.below(5)) {
    case 0:
      return noise(random, random.below(200));
    case 1: {
      if (overheard.length === 0) return noise(random, 20);
      return changed(random, random.pick(overheard));
    }
    case 2:
      return hello(world, random);
    case 3:
      return changed(random, hello(world, random));
    default:
      return push(world, random);
  }
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256));
}

function changed(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice(0, 1 + random.below(bytes.length));
  for (let left = random.below(4); left > 0 && copy.length > 0; left--) {
    copy[random.below(copy.length)] = random.below(256);
  }
  return copy;
}

function hello(world: World, random: Random): Uint8Array {
  const paths = [...world.app.vars.keys(), "/nowhere/at_all", ""];
  return encodeMessage({
    type: "hello",
    protocol: PROTOCOL_VERSION,
    specHash: world.app.hash,
    node: random.chance(0.2) ? [...world.clients.keys()][0]! : NAME,
    link: random.below(2 ** 40),
    seen: random.chance(0.5) ? 0 : 2 ** 50,
    wants: Array.from({ length: random.below(6) }, (_, id) => ({
      id,
      path: random.pick(paths),
      range: random.chance(0.3) ? WHOLE : null,
      consumer: random.chance(0.3)
        ? { nodeId: [...world.clients.keys()][0]!, claims: { sub: "ann" } }
        : null,
      cursor: null,
    })),
  });
}

function push(world: World, random: Random): Uint8Array {
  const victim = random.pick([...world.clients.values()]);
  const { actor, nextN } = victim.host.state?.author ??
    { actor: NAME, nextN: 1 };
  const n = random.below(nextN + 3);
  return encodeMessage({
    type: "push",
    link: random.below(2 ** 40),
    writes: [{
      actor: random.chance(0.5) ? actor : NAME,
      n,
      seenThrough: random.below(n + 2),
      authored: random.chance(0.5)
        ? noise(random, random.below(60))
        : encodeValue(["no", "write", n]),
      session: random.chance(0.5)
        ? { nodeId: victim.name, claims: victim.claims }
        : null,
      fault: null,
      effects: null,
    }],
  });
}
