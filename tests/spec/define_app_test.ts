import { assertEquals, assertStrictEquals } from "@std/assert";
import type { GSet } from "../../shared/crdt/gset.ts";
import type { MaxRegister } from "../../shared/crdt/max_register.ts";
import type { ORSet } from "../../shared/crdt/or_set.ts";
import type { PNCounter } from "../../shared/crdt/pn_counter.ts";
import type { Sequence } from "../../shared/crdt/sequence/sequence.ts";
import type { LWWMap } from "../../shared/crdt/lww_map.ts";
import type { LWWRegister } from "../../shared/crdt/lww_register.ts";
import type {
  AppSpec,
  RunningNode,
  Session,
  ZEvent,
} from "../../shared/spec/app_spec.ts";
import { defineApp, type EventOf } from "../../shared/spec/define_app.ts";
import type { PathsOf, VarAt } from "../../shared/spec/spec_paths.ts";
import type {
  CrdtAt,
  PayloadOf,
  ValueAt,
} from "../../shared/spec/spec_values.ts";

/** Whether two types are the same to the compiler. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles when the type is `true`. */
function holds<_Claim extends true>(): void {}

/** A schema that remembers the type it checks for. */
function schemaOf<T>() {
  const types: { input: T; output: T } | undefined = undefined;
  const validate = (value: unknown) => ({ value });
  return { "~standard": { version: 1, vendor: "test", validate, types } } as {
    readonly "~standard": {
      readonly version: 1;
      readonly vendor: string;
      readonly validate: (value: unknown) => unknown;
      readonly types?: { readonly input: T; readonly output: T } | undefined;
    };
  };
}

interface Todo {
  text: string;
  done: boolean;
}

const app = defineApp({
  zones: {
    db: {
      todos: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map<string, string>(),
        access: {
          using: (session, key, value) => {
            holds<Same<typeof session, Session>>();
            holds<Same<typeof key, string>>();
            return value !== "" && key.startsWith(session.claims.sub);
          },
          withCheck: (session, effect, node) => {
            holds<Same<typeof node, RunningNode>>();
            return effect.nodeId === session.claims.sub;
          },
        },
      },
      cards: {
        crdtType: "LWWMap",
        valueType: "object",
        value: schemaOf<Todo>(),
        init: () => new Map(),
      },
      loose: { crdtType: "LWWMap", valueType: "object", init: () => new Map() },
      tags: { crdtType: "GSet", valueType: "string", init: () => ["a", "b"] },
      ids: { crdtType: "GSet", valueType: "number", init: () => new Set<7>() },
      pair: {
        crdtType: "LWWRegister",
        valueType: "object",
        init: () => ({ name: "", count: 0 }),
      },
      list: { crdtType: "LWWRegister", valueType: "array", init: () => [] },
      flag: { crdtType: "LWWRegister", valueType: "boolean", init: () => true },
      count_todos: (node, event) => {
        holds<Same<typeof node, RunningNode>>();
        holds<Same<typeof event, ZEvent>>();
        return {
          nodeId: event.nodeId,
          path: "/server/count",
          msg: {
            nodeId: node.id,
            timestamp: node.getTimestamp(),
            value: node.state.todos.countKeys(),
          },
        };
      },
    },
    server: {
      count: {
        crdtType: "LWWRegister",
        valueType: "number",
        computer: "/db/count_todos",
        depends_on: ["/db/todos"],
      },
      add_todo: (node, event: EventOf<{ text: string }>) => {
        if (event.payload.text === "") return null;
        const { id: nodeId } = node;
        const timestamp = node.getTimestamp();
        const state = { nodeId, timestamp, value: event.payload.text };
        return [
          {
            nodeId: event.nodeId,
            path: "/db/todos",
            msg: new Map([["", state]]),
          },
        ];
      },
      clear: () => null,
    },
    client: {
      todos: {
        replica_of: "/db/todos",
        scope: (session, node) => {
          holds<Same<typeof node, RunningNode>>();
          return [{ prefix: `${session.claims.sub}/` }];
        },
      },
      filter: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "all" as "all" | "open",
      },
      input: {
        crdtType: "LWWRegister",
        valueType: "string",
        init: () => "",
      },
      view: {
        crdtType: "LWWRegister",
        valueType: "array",
        computer: "/client/render",
        depends_on: ["/client/filter", {
          path: "/client/todos",
          scope: (session) => [{ key: session.claims.sub }],
        }],
      },
      render: (node: RunningNode, event: ZEvent) => ({
        nodeId: event.nodeId,
        path: "/client/view",
        msg: {
          nodeId: node.id,
          timestamp: 1,
          value: [{ key: "", todo: { text: "", done: false } }],
        },
      }),
    },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
});

type App = typeof app;

Deno.test("defineApp gives back the very spec, and it is an AppSpec", () => {
  const spec: AppSpec = {
    zones: { db: {}, tab: {} },
    channels: [{ type: "websocket", fromZone: "db", toZone: "tab" }],
  };
  assertStrictEquals(defineApp(spec), spec);
  const plain: AppSpec = app;
  assertEquals(plain.channels.length, 2);
});

Deno.test("CrdtAt is the class at a path over the values it holds", () => {
  holds<Same<CrdtAt<App, "/db/todos">, LWWMap<string>>>();
  holds<Same<CrdtAt<App, "/db/cards">, LWWMap<Todo>>>();
  holds<
    Same<CrdtAt<App, "/db/loose">, LWWMap<Record<string, unknown>>>
  >();
  holds<Same<CrdtAt<App, "/db/tags">, GSet<string>>>();
  holds<Same<CrdtAt<App, "/db/ids">, GSet<7>>>();
  holds<
    Same<CrdtAt<App, "/db/pair">, LWWRegister<{ name: string; count: number }>>
  >();
  holds<Same<CrdtAt<App, "/db/list">, LWWRegister<readonly unknown[]>>>();
  holds<Same<CrdtAt<App, "/db/flag">, LWWRegister<boolean>>>();
  holds<Same<CrdtAt<App, "/server/count">, LWWRegister<number>>>();
  holds<Same<CrdtAt<App, "/client/todos">, LWWMap<string>>>();
  holds<Same<CrdtAt<App, "/client/filter">, LWWRegister<"all" | "open">>>();
  holds<Same<CrdtAt<App, "/client/input">, LWWRegister<string>>>();
  holds<
    Same<ValueAt<App, "/client/view">, { key: string; todo: Todo }[]>
  >();
  holds<Same<CrdtAt<App, "/client/nothing">, never>>();
  holds<Same<CrdtAt<App, "/client/render">, never>>();
  holds<Same<ValueAt<App, "/client/nothing">, never>>();
  holds<Same<PayloadOf<App, "/client/nothing">, never>>();
});

Deno.test("CrdtAt of a plain AppSpec is one of the classes over anything", () => {
  type Anything =
    | LWWRegister<unknown>
    | LWWMap<unknown>
    | GSet<unknown>
    | ORSet<unknown>
    | PNCounter
    | MaxRegister
    | Sequence<unknown>;
  holds<Same<CrdtAt<AppSpec, "/db/todos">, Anything>>();
  holds<Same<CrdtAt<App, string>, Anything>>();
  holds<Same<PathsOf<AppSpec, "source">, string>>();
  holds<Same<PayloadOf<AppSpec, "/db/f">, unknown>>();
});

Deno.test("PathsOf are the paths of a kind", () => {
  holds<
    Same<
      PathsOf<App, "computation">,
      | "/db/count_todos"
      | "/server/add_todo"
      | "/server/clear"
      | "/client/render"
    >
  >();
  holds<Same<PathsOf<App, "derived">, "/server/count" | "/client/view">>();
  holds<Same<PathsOf<App, "replica">, "/client/todos">>();
  holds<
    Same<
      Extract<PathsOf<App, "source">, `/client/${string}`>,
      "/client/filter" | "/client/input"
    >
  >();
  holds<Same<VarAt<App, "/client/todos">["replica_of"], "/db/todos">>();
});

Deno.test("PayloadOf is what a computation says it takes", () => {
  holds<Same<PayloadOf<App, "/server/add_todo">, { text: string }>>();
  holds<Same<PayloadOf<App, "/db/count_todos">, unknown>>();
  holds<Same<PayloadOf<App, "/server/clear">, unknown>>();
  holds<Same<PayloadOf<App, "/db/todos">, never>>();
});
