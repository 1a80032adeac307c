/**
 * A var of every type in the box, that everybody may see and write.
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
      title: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "untitled",
        access,
      },
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map([["first", "welcome"]]),
        access,
      },
      tags: {
        crdtType: "GSet",
        valueType: "string",
        init: () => ["init"],
        access,
      },
      labels: {
        crdtType: "ORSet",
        valueType: "string",
        init: () => ["init", "v1"],
        access,
      },
      visits: {
        crdtType: "PNCounter",
        valueType: "number",
        init: () => 7,
        access,
      },
      record: {
        crdtType: "MaxRegister",
        valueType: "number",
        init: () => 3,
        access,
      },
      text: {
        crdtType: "Sequence",
        valueType: "string",
        init: () => [..."hello"],
        access,
      },
    },
    server: {},
    client: {
      title: { replica_of: "/db/title" },
      notes: { replica_of: "/db/notes" },
      tags: { replica_of: "/db/tags" },
      labels: { replica_of: "/db/labels" },
      visits: { replica_of: "/db/visits" },
      record: { replica_of: "/db/record" },
      text: { replica_of: "/db/text" },
      own: { crdtType: "ORSet", valueType: "string", init: () => ["mine"] },
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
};

/** Every type under the workload for any app. */
export const everyTypeScenario: Scenario = anyAppScenario(
  "types",
  parseAppSpec(spec),
);
