/**
 * What `init` gives, and somebody has removed.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { LWWMap } from "../../shared/mod.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { World } from "../../sim/world.ts";

const app = parseAppSpec({
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map([["a", "given"], ["b", "given"]]),
        access: { using: () => true, withCheck: () => true },
      },
    },
    client: { notes: { replica_of: "/db/notes" } },
  },
  channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
});

Deno.test("a key of init that was removed does not come back on a device that is new", () => {
  const world = new World(app, { seed: 1 });
  const first = world.addClient("first", "client", { sub: "ann" });
  world.runFor(1_000);
  first.mutate(
    "/client/notes",
    (notes: LWWMap<string>) => notes.removeKey("a"),
  );
  world.runFor(1_000);
  const second = world.addClient("second", "client", { sub: "ann" });
  world.runFor(1_000);
  for (const device of [first, second]) {
    assertEquals(
      device.get("/client/notes").getValue(),
      new Map([["b", "given"]]),
    );
  }
});
