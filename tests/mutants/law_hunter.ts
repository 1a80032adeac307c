/**
 * Hunting the bugs that are planted in types, clock and codec: the laws and the
 * tests of the core run over a copy of the tree, a process for every bug.
 *
 * @module
 */

import type { LawPlant } from "./plant.ts";
import { TreeCopy } from "./tree_copy.ts";

/** A run that takes longer will not end; no law takes a tenth of it. */
const RUN_MS_MAX = 180_000;
const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["laws/", "tests/laws/", "tests/core/", "tests/std-assert/"];
const TESTS = ["tests/laws", "tests/core"];
/** What finds a bug that few histories show. */
const LONG = ["--minutes", "0.5", "--seed", "1", "--runs", "1000"];
/** The app of a core test. */
const FILES = ["tests/client/notes_app.ts"];

/** What came of a bug. */
export interface LawHunted {
  /** The bug. */
  readonly plant: LawPlant;
  /** The first test that failed; `null` for none. */
  readonly caughtBy: string | null;
  /** Whether it did not come to an end: that catches it too. */
  readonly hung: boolean;
}

/** Hunts bugs, some at a time, and tells of each as it comes in. */
export async function huntByLaws(
  plants: readonly LawPlant[],
  hunters: number,
  onHunted: (hunted: LawHunted) => void,
): Promise<LawHunted[]> {
  const hunted: LawHunted[] = [];
  const left = [...plants.entries()];
  await Promise.all(Array.from({ length: hunters }, async () => {
    await using copy = await TreeCopy.make(FILES, FOLDERS);
    await configure(copy);
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, plant] = next;
      const found = await copy.planted(plant, () => failedTest(copy));
      onHunted(hunted[at] = { plant, ...found });
    }
  }));
  return hunted;
}

/** Gives a copy the names that its tests import by. */
async function configure(copy: TreeCopy): Promise<void> {
  const { imports } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  const config = {
    nodeModulesDir: "manual",
    imports: {
      "fast-check": imports["fast-check"],
      "@std/assert": "./tests/std-assert/mod.ts",
      "@zonekit/laws": "./laws/mod.ts",
      "@zonekit/shared": "./shared/mod.ts",
    },
  };
  await Deno.writeTextFile(copy.at("deno.json"), JSON.stringify(config));
  await Deno.symlink(new URL("node_modules", ROOT), copy.at("node_modules"));
}

/** Runs the tests of a copy until one fails, and then the laws for longer. */
async function failedTest(
  copy: TreeCopy,
): Promise<Omit<LawHunted, "plant">> {
  const found = await ranIn(copy, ["test", "--fail-fast", ...TESTS], failureIn);
  if (found.hung || found.caughtBy !== null) return found;
  const long = ["run", "tests/laws/main.ts", ...LONG];
  return await ranIn(copy, long, brokenIn);
}

/** Runs something over a copy; `nameIn` names what has failed. */
async function ranIn(
  copy: TreeCopy,
  [verb, ...rest]: readonly string[],
  nameIn: (text: string) => string,
): Promise<Omit<LawHunted, "plant">> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [verb!, "-A", "--no-check", "--no-lock", ...rest],
    cwd: copy.at("."),
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(RUN_MS_MAX),
  });
  const { success, signal, stdout, stderr } = await command.output();
  if (signal) return { caughtBy: null, hung: true };
  if (success) return { caughtBy: null, hung: false };
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout) + decoder.decode(stderr);
  return { caughtBy: nameIn(text), hung: false };
}

/** The law that a long run says is broken. */
function brokenIn(text: string): string {
  const lines = text.trim().split("\n");
  return lines.find((line) => !/ states of \d+ operations /.test(line))!;
}

/** The test that a run says has failed; a tree that does not load proves nothing. */
function failureIn(text: string): string {
  const failed = /^(.+?) => \S+:\d+:\d+$/m.exec(text)?.[1];
  if (failed) return failed;
  throw new Error(`no test ran:\n${text}`);
}
