/**
 * Tabs of one browser that take out what other tabs have put in, while some of
 * them cannot send.
 *
 * @module
 */

import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Scenario } from "../scenario.ts";
import { anyAppScenario } from "../workloads/any_app.ts";

const access = { using: () => true, withCheck: () => true };

const spec: AppSpec = {
  zones: {
    db: {
      labels: {
        crdtType: "ORSet",
        valueType: "string",
        init: () => ["init"],
        access,
      },
      text: {
        crdtType: "Sequence",
        valueType: "string",
        init: () => [],
        access,
      },
    },
    server: {},
    client: {
      labels: { replica_of: "/db/labels" },
      text: { replica_of: "/db/text" },
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
};

/** What builds upon unanswered writes of other tabs. */
export const tabsScenario: Scenario = {
  ...anyAppScenario("tabs", parseAppSpec(spec)),
  faults: [
    ...Array<string>(4).fill("duplicated-tab"),
    ...Array<string>(2).fill("partition"),
    ...Array<string>(2).fill("cut"),
    "half-open",
    "delay",
    "reorder",
    "drop",
    "skew",
    "clock-jump",
    "crash",
    "switched-off",
    "hibernate",
    "deploy-spec",
    "session-expired",
    "storage-old-copy",
  ],
};
