/** A type that the box does not have goes wherever those of the box go. */

import { assertEquals } from "@std/assert";
import {
  defineApp,
  type Effect,
  type RunningNode,
  type ZEvent,
} from "../../shared/mod.ts";
import {
  bounce,
  injectLocalMutation,
  partition,
  repair,
  runFor,
  type RunningApp,
  settle,
  startApp,
} from "../../sim/mod.ts";
import { Days, days } from "../core/days.ts";

/** Days that all can come, and which of them are at a weekend. */
const app = defineApp({
  zones: {
    db: {
      meeting: {
        crdtType: days,
        valueType: "number",
        init: () => 0b000_0001,
        access: { using: () => true, withCheck: () => true },
      },
    },
    server: {
      weekend: {
        crdtType: days,
        valueType: "number",
        computer: "/server/atWeekend",
        depends_on: ["/db/meeting"],
      },
      atWeekend: (
        { state }: RunningNode,
        { nodeId }: ZEvent,
      ): Effect<number, number> => ({
        nodeId,
        path: "/server/weekend",
        msg: state.meeting.state | 0b001_1111,
      }),
    },
    client: {
      meeting: { replica_of: "/db/meeting" },
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
});

function crossOut(running: RunningApp, client: string, day: number): void {
  injectLocalMutation(
    running,
    client,
    "/client/meeting",
    (held: Days) => held.crossOut(day),
  );
}

Deno.test("a type of one's own is stored, sent, joined and computed with", () => {
  const running = startApp(app);
  settle(running);
  partition(running, "client-0", "space/server0");
  crossOut(running, "client-0", 3);
  crossOut(running, "client-1", 5);
  settle(running);
  const shown = () =>
    running.zones.client!.map(({ state }) => state.meeting.getValue());
  assertEquals(shown(), [[1, 2, 4, 5, 6], [1, 2, 3, 4, 6]]);
  repair(running, "client-0", "space/server0");
  runFor(running, 120_000);
  bounce(running, "db", 100);
  bounce(running, "client-1", 100);
  runFor(running, 120_000);
  assertEquals(shown(), [[1, 2, 4, 6], [1, 2, 4, 6]]);
  assertEquals(running.zones.db![0]!.state.meeting.getValue(), [1, 2, 4, 6]);
  assertEquals(running.zones.server![0]!.state.weekend.getValue(), [6]);
});
