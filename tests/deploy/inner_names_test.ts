import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { INNER_NAMES, namesToShorten } from "../../deploy/build/inner_names.ts";
import { decodeValue } from "../../shared/codec/value.ts";
import {
  encodePending,
  type Pending,
} from "../../shared/node/client/pending.ts";
import type { Rejected } from "../../shared/node/client/state.ts";
import {
  encodeCursor,
  encodeRejected,
  encodeSession,
  type StoredCursor,
  type StoredSession,
} from "../../shared/node/client/stored.ts";
import type { RowWrite } from "../../shared/ports/rows.ts";
import type { TabHint } from "../../zones/client/tab_channel.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Every name that a value has somewhere inside. */
function namesWithin(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...Array.isArray(value) ? [] : [name],
    ...namesWithin(part),
  ]);
}

/** Those of some names that are inner ones. */
function innerAmong(names: Iterable<string>): string[] {
  return [...new Set(names)].filter((name) => INNER_NAMES.includes(name));
}

Deno.test("nothing that outlives a page, or reaches another, has an inner name", () => {
  const authored = new Uint8Array();
  const fault = { code: "gap", path: "", found: "", wanted: "" } as const;
  const page = { key: "", seq: 1 };
  const cursor = { epoch: "", seq: 1, syncedMs: 1, page };
  const pending: Required<Pending> = {
    ...{ actor: "", n: 1, authored, sent: true },
    ...{ key: "", effects: [], stamp: 1, seen: new Map([["ann", 1]]) },
  };
  const rejected: Required<Rejected> = { actor: "", n: 1, authored, fault };
  const stored: Required<StoredCursor> = { cursor, held: true };
  const session: Required<StoredSession> = { claims: null, offsetMs: 1 };
  const row: Required<RowWrite> = { path: "", key: "", seq: 1, body: null };
  const range = { from: "", to: "" };
  const hint: Required<TabHint> = { actor: "", path: "", range };
  const records = [
    encodePending(pending),
    encodeRejected(rejected),
    encodeCursor(stored),
    encodeSession(session),
  ].map(decodeValue);
  assertEquals(innerAmong(namesWithin([...records, row, hint])), []);
});

Deno.test("nothing that an app is given has an inner name", async () => {
  const entry = join(ROOT, "zones/client/mod.ts");
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", entry],
    stderr: "null",
  }).output();
  assertEquals(success, true);
  const names = new Set<string>();
  JSON.parse(new TextDecoder().decode(stdout), (key, value) => {
    if (key === "name" && typeof value === "string") names.add(value);
    return value;
  });
  assertEquals(names.has("storageFault"), true);
  assertEquals(innerAmong(names), []);
});

Deno.test("namesToShorten leaves alone what the app has a word for", async () => {
  const kit = join(ROOT, "shared/node/client/state.ts");
  const page = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    assertEquals(await namesToShorten([kit]), [...INNER_NAMES]);
    await Deno.writeTextFile(page, `load().then((row) => row["outbox"]);`);
    assertEquals(
      await namesToShorten([kit, page]),
      INNER_NAMES.filter((name) => name !== "outbox"),
    );
  } finally {
    await Deno.remove(page);
  }
});
