/**
 * The repository's own rules: what neither the compiler nor `deno lint` sees.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { findCycle, findUnreached } from "./graph.ts";
import { type Allowed, type Layer, LAYERS } from "./layers.ts";
import { ROOT } from "./repository.ts";
import { isCode, readTexts, usedBy } from "./sources.ts";
import { silencedLines, unfinishedLines } from "./wording.ts";

const FILE_LINES_MAX = 400;

/** Files that are published, run, bundled or served, by their names. */
const ENTRY = new RegExp([
  String.raw`(^|/)(mod|main)\.ts$`,
  String.raw`_(test|bench)\.tsx?$`,
  String.raw`(^examples/[^/]+|/fixture)/((app|server|db)\.ts|page\.tsx?)$`,
  String.raw`^examples/[^/]+/public/`,
].join("|"));

/** Files that a command line or a configuration names. */
const SCRIPTS = new Set([
  "bench/core/measure.ts",
  "tests/core/write_golden.ts",
  "tests/laws/fuzz_main.ts",
  "tests/tidy/lint_plugin.ts",
]);

/** Names that say nothing of what is in the file. */
const NAMELESS = /(^|\/)(utils?|helpers?|types?|common|misc|index)(\.|\/|_|$)/;

/** Files whose public vocabulary says `any`, each time with a reason. */
const SAY_ANY = new Set([
  "shared/crdt/contract.ts",
  "shared/node/client/transaction.ts",
  "shared/spec/app_spec.ts",
  "sim/client.ts",
]);

/** The document that the kit began with, as it was written. */
const SOURCE_DOCUMENT = "sim/scenarios/source_todo.ts";

function isAllowed(finding: string): boolean {
  const [path = ""] = finding.split(":", 1);
  if (path === SOURCE_DOCUMENT) return true;
  // In a test of types it is the assertion: it fails where there is no error.
  if (/_types_test\.ts$/.test(path)) {
    return /@ts-expect-erro[r] \w/.test(finding);
  }
  return SAY_ANY.has(path) && /no-explicit-any -- \w/.test(finding);
}

const texts = await readTexts();
const modules = [...texts].filter(([path]) => isCode(path));
const uses = new Map(
  modules.map(([path, text]) => [path, usedBy(path, text)] as const),
);

/** Each text's findings, as `path:finding`. */
function findings(find: (text: string) => readonly string[]): string[] {
  return [...texts].flatMap(([path, text]) =>
    find(text).map((finding) => `${path}:${finding}`)
  );
}

Deno.test("no import cycles, not even of types", () => {
  const imports = [...uses].map(([path, { imports }]) =>
    [path, imports] as const
  );
  assertEquals(findCycle(new Map(imports)), undefined);
});

Deno.test("every module is reachable from an entry", () => {
  const all = [...uses].map(([path, { imports, starts }]) =>
    [path, [...imports, ...starts]] as const
  );
  const isEntry = (path: string) => ENTRY.test(path) || SCRIPTS.has(path);
  assertEquals(findUnreached(new Map(all), isEntry), []);
});

Deno.test("no module outgrows a sitting", () => {
  const long = modules
    .map(([path, text]) => [path, text.trimEnd().split("\n").length] as const)
    .filter(([, lines]) => lines > FILE_LINES_MAX);
  assertEquals(long, []);
});

Deno.test("every module's name says what is in it", () => {
  const nameless = modules.map(([path]) => path)
    .filter((path) => NAMELESS.test(path));
  assertEquals(nameless, []);
});

Deno.test("nothing speaks of unfinished work", () => {
  assertEquals(findings(unfinishedLines), []);
});

Deno.test("no check and no test is switched off", () => {
  const silenced = findings(silencedLines);
  assertEquals(silenced.filter((finding) => !isAllowed(finding)), []);
});

Deno.test("deno.lock holds no address, so that it serves any machine", async () => {
  const lock = await Deno.readTextFile(new URL("deno.lock", ROOT));
  const addresses = lock.split("\n")
    .filter((line) => /"tarball"|https?:\/\//.test(line));
  assertEquals(addresses, []);
});

Deno.test("every package is pinned to one exact version", async () => {
  const root = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  ) as { workspace: string[]; imports: Record<string, string> };
  const loose = Object.values(root.imports)
    .filter((target) => target.startsWith("npm:"))
    .filter((target) => !/@\d+\.\d+\.\d+(-[\w.]+)?$/.test(target));
  assertEquals(loose, []);
  for (const member of root.workspace) {
    const url = new URL(`${member}/deno.json`, ROOT);
    const { imports } = JSON.parse(await Deno.readTextFile(url));
    assertEquals(imports, undefined, `${member} has imports of its own`);
  }
});

Deno.test("every layer may import only layers above it", () => {
  const order = Object.keys(LAYERS) as Layer[];
  const upward = order.flatMap((layer, index) => {
    const { layers }: Allowed = LAYERS[layer];
    return (layers ?? [])
      .filter((other) => other !== layer)
      .filter((other) => !order.slice(0, index).some((name) => name === other))
      .map((other) => `${layer} -> ${other}`);
  });
  assertEquals(upward, []);
});
