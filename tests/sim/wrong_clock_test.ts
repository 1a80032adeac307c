/**
 * Clocks that are wrong, and put right: nobody's edit is lost for it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { LWWMap } from "../../shared/mod.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { World } from "../../sim/world.ts";

const PATH = "/client/notes";

const app = parseAppSpec({
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
        access: { using: () => true, withCheck: () => true },
      },
    },
    client: { notes: { replica_of: "/db/notes" } },
  },
  channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
});

const set = (value: string) => (notes: LWWMap<string>) =>
  notes.setValueForKey("a", value);

Deno.test("an edit whose time is put right stays later than what its author saw", () => {
  const world = new World(app, { seed: 1 });
  const ahead = world.addClient("z", "client", { sub: "ann" });
  const wrong = world.addClient("a", "client", { sub: "ann" });
  world.runFor(1_000);
  // The master bears with a clock that is less than a minute ahead.
  ahead.host.skewMs = 50_000;
  ahead.mutate(PATH, set("first"));
  world.runFor(1_000);
  assertEquals(wrong.get(PATH).getValue(), new Map([["a", "first"]]));
  wrong.host.skewMs = 3_600_000;
  world.crash("a");
  wrong.mutate(PATH, set("second"));
  world.runFor(60_000);
  for (const device of [ahead, wrong]) {
    assertEquals(device.get(PATH).getValue(), new Map([["a", "second"]]));
  }
});
