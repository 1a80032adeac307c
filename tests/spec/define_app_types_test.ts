import { assertEquals, assertThrows } from "@std/assert";
import type { RunningNode, ZEvent } from "../../shared/spec/app_spec.ts";
import { defineApp } from "../../shared/spec/define_app.ts";
import { SpecError } from "../../shared/spec/spec_error.ts";

const register = {
  crdtType: "LWWRegister",
  valueType: "string",
  init: () => "",
} as const;
const down = { type: "websocket", fromZone: "db", toZone: "tab" } as const;
const compute = () => null;

/** Checks that what the compiler refuses is refused at run time as well. */
function refuses(define: () => unknown, path: string): void {
  assertEquals(assertThrows(define, SpecError).path, path);
}

Deno.test("defineApp refuses a channel to no zone", () => {
  refuses(() =>
    defineApp({
      zones: { db: {}, tab: {} },
      channels: [{
        type: "websocket",
        fromZone: "db",
        // @ts-expect-error no such zone
        toZone: "tabs",
      }],
    }), "channels[0].toZone");
});

Deno.test("defineApp refuses a replica of nothing, or of what is no root's source", () => {
  refuses(() =>
    defineApp({
      zones: {
        db: { title: register },
        // @ts-expect-error no such path
        tab: { mine: { replica_of: "/db/titel" } },
      },
      channels: [down],
    }), "zones.tab.mine.replica_of");
  refuses(() =>
    defineApp({
      zones: {
        db: { compute },
        // @ts-expect-error a computation
        tab: { mine: { replica_of: "/db/compute" } },
      },
      channels: [down],
    }), "zones.tab.mine.replica_of");
  refuses(() =>
    defineApp({
      zones: {
        db: {},
        // @ts-expect-error not in the root zone
        tab: { title: register, mine: { replica_of: "/tab/title" } },
      },
      channels: [down],
    }), "zones.tab.mine.replica_of");
});

Deno.test("defineApp refuses a computer that is no computation", () => {
  refuses(() =>
    defineApp({
      zones: {
        db: { title: register },
        tab: {
          seen: {
            crdtType: "LWWRegister",
            valueType: "string",
            // @ts-expect-error a var
            computer: "/db/title",
            depends_on: ["/db/title"],
          },
        },
      },
      channels: [down],
    }), "zones.tab.seen.computer");
});

Deno.test("defineApp refuses dependencies that are no vars", () => {
  refuses(() =>
    defineApp({
      zones: {
        db: { title: register, compute },
        tab: {
          seen: {
            crdtType: "LWWRegister",
            valueType: "string",
            computer: "/db/compute",
            // @ts-expect-error the second names nothing
            depends_on: ["/db/title", "/db/nothing"],
          },
        },
      },
      channels: [down],
    }), "zones.tab.seen.depends_on[1]");
  refuses(() =>
    defineApp({
      zones: {
        db: { title: register, compute },
        tab: {
          seen: {
            crdtType: "LWWRegister",
            valueType: "string",
            computer: "/db/compute",
            // @ts-expect-error a computation
            depends_on: [{ path: "/db/compute", scope: () => [] }],
          },
        },
      },
      channels: [down],
    }), "zones.tab.seen.depends_on[0]");
});

Deno.test("defineApp refuses an init that gives no value of the valueType", () => {
  refuses(() =>
    defineApp({
      zones: {
        db: {
          title: {
            crdtType: "LWWRegister",
            // @ts-expect-error init gives a string
            valueType: "number",
            init: () => "",
          },
        },
        tab: {},
      },
      channels: [down],
    }), "zones.db.title.init");
  refuses(() =>
    defineApp({
      zones: {
        db: {
          title: {
            crdtType: "LWWMap",
            // @ts-expect-error init gives a plain object and no Map
            valueType: "string",
            init: () => ({}),
          },
        },
        tab: {},
      },
      channels: [down],
    }), "zones.db.title.init");
  refuses(() =>
    defineApp({
      zones: {
        // @ts-expect-error init is no function
        db: { title: { ...register, init: "" } },
        tab: {},
      },
      channels: [down],
    }), "zones.db.title.init");
});

Deno.test("defineApp refuses misspelt types and fields", () => {
  refuses(() =>
    defineApp({
      zones: {
        // @ts-expect-error no such type
        db: { title: { ...register, crdtType: "LWWMpa" } },
        tab: {},
      },
      channels: [down],
    }), "zones.db.title.crdtType");
});

Deno.test("defineApp refuses, to the compiler, a computer's effect for another var", () => {
  // What a computation gives is known when it runs, and is refused there.
  const effectFor = <P extends string>(path: P) =>
  (
    node: RunningNode,
    event: ZEvent,
  ) => ({
    nodeId: event.nodeId,
    path,
    msg: { nodeId: node.id, timestamp: node.getTimestamp(), value: "" },
  });
  const seen = {
    crdtType: "LWWRegister",
    valueType: "string",
    computer: "/db/compute",
    depends_on: [],
  } as const;
  defineApp({
    zones: {
      db: { compute: effectFor("/tab/seen") },
      tab: { seen: { ...seen, depends_on: [] } },
    },
    channels: [down],
  });
  defineApp({
    zones: {
      db: { compute: effectFor("/tab/sene") },
      // @ts-expect-error the effect is for /tab/sene
      tab: { seen: { ...seen, depends_on: [] } },
    },
    channels: [down],
  });
  defineApp({
    zones: {
      db: {
        compute: (node, event) => ({
          nodeId: event.nodeId,
          path: "/tab/sene",
          msg: { nodeId: node.id, timestamp: 1, value: "" },
        }),
      },
      tab: {
        seen: {
          crdtType: "LWWRegister",
          valueType: "string",
          // @ts-expect-error the effect is for /tab/sene
          computer: "/db/compute",
          depends_on: [],
        },
      },
    },
    channels: [down],
  });
});

Deno.test("defineApp refuses, to the compiler, a computer's message of another type", () => {
  defineApp({
    zones: {
      db: {
        compute: (node, event) => ({
          nodeId: event.nodeId,
          path: "/tab/seen",
          msg: { nodeId: node.id, timestamp: 1, value: 5 },
        }),
      },
      tab: {
        seen: {
          crdtType: "LWWRegister",
          valueType: "string",
          // @ts-expect-error the value is a number
          computer: "/db/compute",
          depends_on: [],
        },
      },
    },
    channels: [down],
  });
  defineApp({
    zones: {
      db: {
        compute: (_node, event) => ({
          nodeId: event.nodeId,
          path: "/tab/seen",
          msg: { type: "add", value: "" },
        }),
      },
      tab: {
        seen: {
          crdtType: "LWWMap",
          valueType: "string",
          // @ts-expect-error the message is a GSet's
          computer: "/db/compute",
          depends_on: [],
        },
      },
    },
    channels: [down],
  });
});
