/** The app of these tests: a to-do-like spec without a page. */

import { defineApp, type EventOf } from "../../shared/spec/define_app.ts";
import type {
  RunningNode,
  Session,
  ZEvent,
} from "../../shared/spec/app_spec.ts";

const own = (session: Session) => `${session.claims.sub}/`;

/** Notes by `user/name`, a private draft, and a title computed over the notes. */
export const app = defineApp({
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map<string, string>(),
        access: {
          using: (session, key) => key.startsWith(own(session)),
          withCheck: (session, effect) =>
            effect.key.startsWith(own(session)) &&
            !String(effect.value).startsWith("bad"),
        },
      },
    },
    server: {
      add: (
        node: RunningNode,
        event: EventOf<{ name: string }>,
      ) => ({
        nodeId: event.nodeId,
        path: "/db/notes",
        msg: new Map([[
          `${own(event.session)}${event.payload.name}`,
          {
            timestamp: node.getTimestamp(),
            nodeId: node.id,
            value: `dispatched ${event.id?.split(".").at(-1)}`,
          },
        ]]),
      }),
    },
    client: {
      notes: {
        replica_of: "/db/notes",
        scope: (session) => [{ prefix: own(session) }],
      },
      draft: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "",
      },
      title: {
        crdtType: "LWWRegister",
        valueType: "string",
        computer: "/client/render",
        depends_on: ["/client/notes"],
      },
      render: (node: RunningNode, event: ZEvent) => ({
        nodeId: event.nodeId,
        path: "/client/title",
        msg: {
          timestamp: node.getTimestamp(),
          nodeId: node.id,
          value: `${node.state.notes.countKeys()} notes`,
        },
      }),
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
});
