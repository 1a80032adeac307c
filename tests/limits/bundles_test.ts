/** Each bundle holds its own zone's functions, and needs them. */

import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { Reader } from "../../shared/codec/reader.ts";
import { readLww } from "../../shared/crdt/lww_row.ts";
import { freshActor, notesOf } from "../hostile/raw_write.ts";
import { WireClient } from "../hostile/wire_client.ts";
import {
  buildCanaries,
  canariesIn,
  CANARY_HASH,
  dropFromServer,
  runBuild,
} from "./canary_build.ts";

const PATHS = ["/client/mine", "/client/summary"];
const [MINE, SUMMARY] = [1, 2];
/** Far more than a value takes: a journey that works needs less than a tenth. */
const PATIENCE_MS = 1_500;

const OWN_CANARIES = {
  client: ["canary-client", "canary-init"],
  server: [
    "canary-dependency",
    "canary-init",
    "canary-scope",
    "canary-server",
    "canary-using",
  ],
  db: ["canary-check", "canary-db", "canary-init"],
} as const;

/** What a user is sent who adds a note: of the note, and of what is derived of it. */
interface Journey {
  /** Keys of rows that came. */
  readonly keys: readonly string[];
  /** The last value of the summary; `null` when none came. */
  readonly summary: unknown;
}

async function travel(url: string): Promise<Journey> {
  using client = await WireClient.open(url, "ann");
  await client.hello(PATHS, CANARY_HASH);
  const write = notesOf(freshActor(), 1, { "ann/milk": "buy" });
  assertEquals((await client.write(write)).fault, null);
  const endMs = Date.now() + PATIENCE_MS;
  for (;;) {
    await client.check();
    const journey = sentTo(client);
    const isDone = journey.keys.length > 0 &&
      String(journey.summary).endsWith(" 1");
    if (isDone || Date.now() > endMs) return journey;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function sentTo(client: WireClient): Journey {
  const parts = client.messages.flatMap((message) =>
    message.type === "live" ? message.parts : []
  );
  const rowsOf = (want: number) =>
    parts.filter((part) => part.want === want).flatMap(({ rows }) => rows);
  const summary = rowsOf(SUMMARY).at(-1);
  return {
    keys: rowsOf(MINE).map(({ key }) => key),
    summary: summary ? readLww(new Reader(summary.body)).value : null,
  };
}

async function travelWith(buildFolder: string): Promise<Journey> {
  const miniflare = await runBuild(buildFolder);
  try {
    const { origin } = await miniflare.ready;
    return await travel(origin);
  } finally {
    await miniflare.dispose();
  }
}

Deno.test("a bundle holds its own zone's functions, and its zone needs them", async (t) => {
  const folder = await Deno.makeTempDir();
  await using _cleanUp = {
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
  const build = join(folder, "build");
  await buildCanaries(build);

  for (const target of ["client", "server", "db"] as const) {
    await t.step(
      `the ${target} bundle has the canaries of its zone alone`,
      async () => {
        assertEquals(await canariesIn(build, target), [
          ...OWN_CANARIES[target],
        ]);
      },
    );
  }

  await t.step("with them, a derived value arrives", async () => {
    assertEquals(await travelWith(build), {
      keys: ["ann/milk"],
      summary: "canary-server 1",
    });
  });

  await t.step("without the server's computation, it never does", async () => {
    await dropFromServer(build, ["server", "summarize"]);
    const left = await canariesIn(build, "server");
    assert(!left.includes("canary-server") && left.includes("canary-scope"));
    assertEquals(await travelWith(build), {
      keys: ["ann/milk"],
      summary: null,
    });
  });
});
