/** Making refused writes again that hang on one another. */

import { assertEquals, assertThrows } from "@std/assert";
import {
  type ClientEvent,
  newClient,
  stepClient,
} from "../../shared/node/client/step.ts";
import { rejectedIn } from "../../shared/node/client/stored.ts";
import { viewRows } from "../../shared/node/client/view.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import { encodeMessage, type Message } from "../../shared/protocol/message.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Sequence } from "../../shared/crdt/sequence/sequence.ts";
import { systemClock } from "../../shared/crdt/system_clock.ts";

const NOW_MS = 1_800_000_000_000;
const TEXT = "/client/text";
const APP = parseAppSpec({
  zones: {
    db: {
      text: {
        crdtType: "Sequence",
        valueType: "string",
        init: () => [],
        access: { using: () => true, withCheck: () => true },
      },
    },
    server: {},
    client: { text: { replica_of: "/db/text" } },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
});

/** A tab of one store. */
function openTab(actor: string, rows: MemoryRows) {
  const state = newClient(APP, "client", actor, actor);
  const run = (event: ClientEvent) => {
    const random = () => 0.5;
    const around = { rows, nowMs: NOW_MS, random };
    rows.write(stepClient(state, event, around).writes);
  };
  const hear = (message: Message) =>
    run({ type: "frame", bytes: encodeMessage(message) });
  run({ type: "boot", actors: [] });
  run({ type: "observe", paths: [TEXT] });
  const text = () => {
    const variable = APP.vars.get(TEXT)!;
    const shown = viewRows(state, rows, variable);
    return String(variable.crdt.fold(actor, systemClock, shown));
  };
  return { state, run, hear, text };
}

function types(index: number, text: string): ClientEvent {
  const insert = (list: Sequence<string>) => list.insert(index, [...text]);
  return { type: "write", run: (tx) => tx.mutate(TEXT, insert) };
}

Deno.test("what hangs on a refused write is made again after it, by another tab", () => {
  const rows = new MemoryRows();
  const first = openTab("first", rows);
  first.run({ type: "linked" });
  const link = first.state.link.number;
  const now = { epoch: "epoch", timeMs: NOW_MS };
  first.hear({ type: "welcome", link, ...now, claims: {} });
  first.run(types(0, "base "));
  first.run(types(5, "more"));
  first.run(types(7, "-"));
  assertEquals(first.text(), "base mo-re");
  const words = { path: "", found: "", wanted: "" };
  const codes = ["forbidden", "dependent", "dependent"] as const;
  const verdicts = codes.map((code, i) => {
    const fault = { code, ...words };
    return { actor: "first", n: i + 1, seq: 0, lastN: 0, fault };
  });
  const rest = { number: 1, head: 1, parts: [] };
  first.hear({ type: "live", link, ...now, ...rest, verdicts });
  assertEquals([first.text(), rejectedIn(rows).length], ["", 3]);

  const other = openTab("other", rows);
  const [base, more, dash] = rejectedIn(rows);
  const retry = (rejected = rejectedIn(rows)[0]!) =>
    other.run({ type: "dealt", rejected, again: true });
  for (const early of [more, dash]) {
    const refused = assertThrows(() => retry(early), FaultError);
    assertEquals(refused.fault.code, "dependent");
  }
  assertEquals(rejectedIn(rows), [base, more, dash]);
  retry();
  assertEquals([other.text(), rejectedIn(rows)], ["base mo-re", []]);
  const authors = other.state.outbox.all().map(({ actor }) => actor);
  assertEquals(authors, ["other", "other", "other"]);
});

Deno.test("what was refused is made again by the same tab, though it has typed on meanwhile", () => {
  const rows = new MemoryRows();
  const tab = openTab("ann", rows);
  tab.run({ type: "linked" });
  const link = tab.state.link.number;
  const now = { epoch: "epoch", timeMs: NOW_MS };
  tab.hear({ type: "welcome", link, ...now, claims: {} });
  tab.run(types(0, "hello"));
  tab.run(types(5, " bad"));
  const words = { path: "", found: "", wanted: "" };
  const fault = { code: "forbidden", ...words } as const;
  const refused = { actor: "ann", n: 2, seq: 0, lastN: 0, fault };
  const live = { number: 1, head: 1, parts: [], verdicts: [refused] };
  tab.hear({ type: "live", link, ...now, ...live });
  tab.run(types(5, " w"));
  assertEquals(tab.text(), "hello w");
  tab.run({ type: "dealt", rejected: rejectedIn(rows)[0]!, again: true });
  const letters = [..."hello w bad"].sort().join("");
  assertEquals([...tab.text()].sort().join(""), letters);
});
