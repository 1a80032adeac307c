/**
 * The simulator's command line, run as people run it.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import type { SavedHistory } from "../../sim/cli/saved_history.ts";
import { FIRST } from "../mutants/planted/first.ts";
import { TreeCopy } from "../mutants/tree_copy.ts";

const ROOT = new URL("../../", import.meta.url);

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function sim(
  args: readonly string[],
  { folder = ROOT, config = true, env = {} } = {},
): Promise<Ran> {
  const script = new URL("sim/cli/main.ts", folder).href;
  const flags = config ? [] : ["--no-config"];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", ...flags, script, ...args],
    cwd: folder,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

function figures({ out }: Ran): Record<string, unknown> {
  return JSON.parse(out.trimEnd().split("\n").at(-1)!);
}

Deno.test("sim --json ends with the figures, and exits 0 where every promise is kept", async () => {
  const ran = await sim(["--faults", "none", "--seeds", "6", "--json"]);
  assertEquals(ran.code, 0, ran.err);
  const { seeds, events, violations, digest, eventsPerSecond, ...rest } =
    figures(ran);
  assertEquals({ seeds, violations, rest }, {
    seeds: 6,
    violations: 0,
    rest: {},
  });
  assert(Number(events) > 1_000 && Number(eventsPerSecond) > 0);
  assertMatch(String(digest), /^[0-9a-f]{16}$/);
});

Deno.test("sim gives one digest whoever runs the seeds, and wherever", async () => {
  const args = ["deploy", "--seed", "3", "--seeds", "9", "--json"];
  const [one, two, abroad, others] = await Promise.all([
    sim([...args, "--workers", "1"]),
    sim([...args, "--workers", "2"]),
    sim(args, { env: { TZ: "Pacific/Auckland", LANG: "tr_TR.UTF-8" } }),
    sim(["deploy", "--seed", "4", "--seeds", "9", "--json"]),
  ]);
  const digest = figures(one!).digest;
  assertEquals(figures(two!).digest, digest);
  assertEquals(figures(abroad!).digest, digest);
  assertNotEquals(figures(others!).digest, digest);
});

Deno.test("sim --minutes runs until the time is over", async () => {
  const ran = await sim(["--faults", "none", "--minutes", "0.02", "--json"]);
  assertEquals(ran.code, 0, ran.err);
  assert(Number(figures(ran).seeds) > 0);
});

async function appFolder(
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "zonekit-sim-" });
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  return folder;
}

const NOTES = `export default {
  zones: {
    db: { notes: { crdtType: "LWWMap", valueType: "string", init: () => new Map(),
      access: { using: () => true, withCheck: () => true } } },
    client: { notes: { replica_of: "/db/notes" } },
  },
  channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
};`;

/** Arguments that are no good, and what is said of them. */
const BAD: readonly (readonly [args: string[], says: string])[] = [
  [["nope"], 'the scenario "nope", want one of todo'],
  [["todo", "storm"], 'a second scenario "storm"'],
  [["--bogus"], "--bogus"],
  [["--faults", "delay,nope"], 'the fault "nope", want all, none'],
  [["--seed", "x"], '--seed "x", want a whole number'],
  [["--seed", "4294967296"], "want a whole number"],
  [["--seeds", "0"], '--seeds "0", want a whole number'],
  [["--minutes", "soon"], '--minutes "soon", want a number'],
  [["--workers", "0"], '--workers "0", want a whole number'],
  [["--app", "nowhere"], 'there is no "nowhere", want a folder'],
  [["--app", "shared"], 'no such module in "shared"'],
  [["todo", "--app", "examples/todo"], '--app and the scenario "todo"'],
  [["--replay", "nope.json"], 'there is no file "nope.json"'],
  [["--replay", "README.md"], '"README.md" is not JSON'],
  [["--replay", "deno.json"], '"scenario" is no text'],
  [["--replay", "deno.json", "--seed", "1"], "--replay and --seed"],
];

/** Apps that are no good, and what is said of them. */
const BAD_APPS: readonly (readonly [Record<string, string>, string])[] = [
  [{ "app.ts": "export default { zones: {" }, "Cannot load app.ts: "],
  [{ "app.ts": "export const app = 1;" }, "no default export"],
  [
    { "app.ts": "export default { zones: {}, channels: [] };" },
    "zones is empty",
  ],
  [{ "app.ts": "throw new Error('a\\nb');" }, "Cannot load app.ts: a b"],
  [
    { "app.ts": NOTES, "sim.ts": "export default { workload: 1 };" },
    'the field "workload"',
  ],
  [
    { "app.ts": NOTES, "sim.ts": "export default { faults: ['earthquake'] };" },
    'Cannot load sim.ts: unknown-fault at faults: found "earthquake"',
  ],
  [
    {
      "app.ts": NOTES,
      "sim.ts": "export default { workload: ({ client }) => client.no.way() };",
    },
    "Cannot run the workload: at client-",
  ],
];

function expectOneLine({ code, out, err }: Ran, says: string): void {
  assertEquals(code, 1, err);
  assertStringIncludes(err, says);
  assertEquals(err.trimEnd().split("\n").length, 1, err);
  assertEquals(out, "");
}

Deno.test("sim answers bad arguments in one line, and exits 1", async () => {
  for (const [args, says] of BAD) expectOneLine(await sim(args), says);
});

Deno.test("sim answers bad apps in one line, and exits 1", async () => {
  for (const [files, says] of BAD_APPS) {
    const folder = await appFolder(files);
    try {
      const ran = await sim(["--app", folder, "--seeds", "2"]);
      expectOneLine(ran, says);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
});

Deno.test("sim --app runs an app of which nothing is known, with its own scenario where it has one", async () => {
  const folder = await appFolder({
    "app.ts": NOTES,
    "sim.ts": `export default {
      acts: 10,
      clients: [{ name: "only", zone: "client", claims: { sub: "only" } }],
      workload: ({ client, random }) => client.mutate("/client/notes",
        (notes) => notes.setValueForKey("k", String(random.next()))),
    };`,
  });
  const args = ["--faults", "none", "--seeds", "3", "--json"];
  try {
    const own = await sim(["--app", folder, ...args]);
    assertEquals(own.code, 0, own.err);
    await Deno.remove(`${folder}/sim.ts`);
    const any = await sim(["--app", folder, ...args]);
    assertEquals(any.code, 0, any.err);
    assert(Number(figures(own).events) < Number(figures(any).events));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const BUG = FIRST.find(({ name }) => name.startsWith("the outbox is dropped"))!;

Deno.test("sim finds a planted bug, shrinks it, and its command finds it again there and not here", async () => {
  await using copy = await TreeCopy.make();
  await copy.planted(BUG, async () => {
    const folder = copy.at("");
    const there = { folder, config: false };
    const ran = await sim(["--seeds", "12", "--save"], there);
    assertEquals(ran.code, 1, ran.err);
    assertMatch(ran.out, /^broken: \S/m);
    const [, command = ""] = /^again: deno task sim (.*)$/m.exec(ran.out) ?? [];
    const [flag = "", file = ""] = command.split(" ");
    assertEquals(flag, "--replay");
    const text = await Deno.readTextFile(new URL(file, folder));
    const { history, violation }: SavedHistory = JSON.parse(text);
    assert(history.happenings.length <= 20, text);
    const again = await sim([flag, file], there);
    assertEquals(again.code, 1, again.err);
    assertStringIncludes(again.out, `broken: ${violation}\n`);
    const here = await sim([flag, new URL(file, folder).pathname]);
    assertEquals(here.code, 0, here.out);
  });
});
